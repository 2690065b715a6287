"""Which pairs of a large cohort to begin with: about the best of each mentee and of each mentor.

Where the best begin is judged by a sample, which takes a tenth of the time of finding it exactly. Which pairs a match
begins with decides how long it takes, never what it finds: see `pricing`.
"""

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.flow.ties import PairHasher
from wayfellow.matching.people.pricing import Keys, ScoreTable, most_of_each

# One in so many mentors is looked at, where there are enough, to judge where a mentee's best begin.
_SAMPLED = 8
_LEAST_SAMPLE = 256
# Where scores are coarse, many pairs are equally good: no more than so many times what was asked for are taken.
_SURPLUS = 4


def shortlist(table: ScoreTable, *, each_mentee: int, each_mentor: int, ties: PairHasher) -> Keys:
    """Numbers of allowed pairs among the best of their mentee or of their mentor, ascending.

    Everybody who has an allowed pair has one here.

    Args:
        each_mentee, each_mentor: about how many of each.
        ties: hashes by which the ties will be broken: of equally good pairs those that will win come first.
    """
    n, m = table.mentees, table.mentors
    if not n or not m:
        return np.zeros(0, np.int64)
    good_for_mentor = _best_of_a_few(table, each_mentor)
    taken = np.zeros(m, np.int64)
    found = [np.zeros(0, np.int64)]
    for start, block in table.rows():
        ours = np.flatnonzero(block >= _begin_of_best(block, each_mentee)[:, None])
        if len(ours) > _SURPLUS * each_mentee * len(block):
            some = most_of_each(ours + start * m, block.ravel()[ours], m, _SURPLUS * each_mentee, ties)
        else:
            some = ours + start * m
        good = (block >= good_for_mentor) & (taken < _SURPLUS * each_mentor)
        taken += np.count_nonzero(good, axis=0)
        found += [some, np.flatnonzero(good) + start * m]
    return np.unique(np.concatenate(found))


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
