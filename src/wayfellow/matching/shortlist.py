"""Which pairs of a large cohort to begin with: about the best of each mentee and of each mentor.

Where the best begin is judged by a sample, which takes a tenth of the time of finding it exactly. Which pairs a match
begins with decides how long it takes, never what it finds: see `pricing`.
"""

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.pricing import Keys, ScoreTable, most_of_each

# One in so many mentors is looked at, where there are enough, to judge where a mentee's best begin.
_SAMPLED = 8
_LEAST_SAMPLE = 256
# Where scores are coarse, many pairs are equally good: no more than so many times what was asked for are taken.
_SURPLUS = 4


def shortlist(table: ScoreTable, *, each_mentee: int, each_mentor: int) -> Keys:
    """Numbers of allowed pairs among the best of their mentee or of their mentor, ascending.

    Everybody who has an allowed pair has one here.

    Args:
        each_mentee, each_mentor: about how many of each.
    """
    n, m = table.mentees, table.mentors
    if not n or not m:
        return np.zeros(0, np.int64)
    good_for_mentor = _best_of_a_few(table, each_mentor)
    by_mentee, by_mentor = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for start, block in table.rows():
        by_mentee.append(np.flatnonzero(block >= _begin_of_best(block, each_mentee)[:, None]) + start * m)
        by_mentor.append(np.flatnonzero(block >= good_for_mentor) + start * m)
    ours, theirs = np.concatenate(by_mentee), np.concatenate(by_mentor)
    if len(ours) > _SURPLUS * each_mentee * n:
        ours = most_of_each(ours, table.at(ours), m, _SURPLUS * each_mentee)
    if len(theirs) > _SURPLUS * each_mentor * m:
        turned = theirs % m * n + theirs // m
        kept = most_of_each(np.sort(turned), table.at(theirs)[np.argsort(turned)], n, _SURPLUS * each_mentor)
        theirs = kept % n * m + kept // n
    return np.unique(np.concatenate([ours, theirs]))


def _best_of_a_few(table: ScoreTable, each: int) -> NDArray[np.int16]:
    """For each mentor the best score with one in `each` of the mentees: about so many are as good or better."""
    best = np.full(table.mentors, -1, np.int16)
    for start, block in table.rows():
        np.maximum(best, block[-start % each :: each].max(axis=0, initial=-1), out=best)
    return np.maximum(best, 0)


def _begin_of_best(block: NDArray[np.int16], each: int) -> NDArray[np.int16]:
    """For each row a score that about `each` of its scores reach."""
    step = min(max(block.shape[1] // _LEAST_SAMPLE, 1), _SAMPLED)
    sample = block[:, ::step]
    rank = max(each // step, 1)
    if sample.shape[1] <= rank:
        return np.zeros(len(block), np.int16)
    return np.maximum(np.partition(sample, -rank, axis=1)[:, -rank], 0)
