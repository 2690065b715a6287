"""How groups fared, told without giving anybody away.

A cell under five people is not shown. Nor is one that could be worked out from the others and the total: the groups
that are not shown are always at least two, and at least five people together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wayfellow.matching.result import Result

FEWEST = 5
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of mentees.

    Args:
        dimension: what people are counted by; empty for everybody.
        group: the group.
        mentees: how many want a mentor; None: not shown.
        matched_share: the share who have at least one, 0 to 1; None: not shown.
        mean_score: mean score of their pairs; None: not shown, or nobody is matched.
        unmatched_all: whether none of them is matched, so that there is no score.
    """

    dimension: str
    group: str
    mentees: int | None
    matched_share: float | None
    mean_score: float | None
    unmatched_all: bool = False


@dataclass(slots=True)
class _Count:
    mentees: int = 0
    matched: int = 0
    pairs: int = 0
    score: int = 0


def fairness(result: Result, groups: Mapping[str, Mapping[str, str]], dimensions: Sequence[str]) -> list[GroupRow]:
    """Count mentees by group: first everybody, then each dimension with its groups by name.

    Args:
        result: the result.
        groups: for each mentee id, dimension → group.
        dimensions: what to count by.
    """
    problem = result.problem
    mentee = problem.mentee[result.chosen]
    pairs = np.bincount(mentee, minlength=len(problem.mentee_ids)).tolist()
    scores = [0] * len(problem.mentee_ids)
    for at, score in zip(mentee.tolist(), problem.score[result.chosen].tolist(), strict=True):
        scores[at] += score
    counted: dict[str, dict[str, _Count]] = {"": {"Everybody": _Count()}, **{name: {} for name in dimensions}}
    for at, mentee_id in enumerate(problem.mentee_ids):
        if not problem.want[at]:
            continue
        own = groups.get(mentee_id, {})
        for dimension, listed in counted.items():
            group = own.get(dimension, NOT_STATED) if dimension else "Everybody"
            count = listed.setdefault(group, _Count())
            count.mentees += 1
            count.matched += pairs[at] > 0
            count.pairs += pairs[at]
            count.score += scores[at]
    return [row for dimension, listed in counted.items() for row in _rows(dimension, listed)]


def _rows(dimension: str, listed: Mapping[str, _Count]) -> list[GroupRow]:
    hidden = too_small({group: count.mentees for group, count in listed.items()})
    matched = {group: count.matched for group, count in listed.items() if count.matched}
    no_mean = too_small(matched, hidden=hidden & matched.keys())
    rows = []
    for group in sorted(listed, key=lambda group: (group == NOT_STATED, group)):
        count = listed[group]
        if group in hidden:
            rows.append(GroupRow(dimension, group, None, None, None))
            continue
        mean = count.score / count.pairs if count.pairs and group not in no_mean else None
        share = count.matched / count.mentees if count.mentees else None
        rows.append(GroupRow(dimension, group, count.mentees, share, mean, unmatched_all=not count.matched))
    return rows


def too_small(people: Mapping[str, int], *, hidden: frozenset[str] | set[str] = frozenset()) -> set[str]:
    """Groups that must not be shown: those under five people, and the next ones up while what is not shown could be
    worked out by subtraction from the total.

    Args:
        people: group → people.
        hidden: groups that are not shown for another reason.
    """
    out = {group for group, count in people.items() if count < FEWEST} | set(hidden)
    rest = sorted((group for group in people if group not in out), key=lambda group: (people[group], group))
    while out and rest and (len(out) == 1 or sum(people[group] for group in out) < FEWEST):
        out.add(rest.pop(0))
    return out
