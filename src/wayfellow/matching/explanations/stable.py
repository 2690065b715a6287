"""Why a mentee has no mentor in a stable matching."""

import numpy as np

from wayfellow.matching.changes.whatif import seat
from wayfellow.matching.explanations.facts import SmallestChange, Unmatched
from wayfellow.matching.explanations.places import Trials
from wayfellow.matching.explanations.words import counted
from wayfellow.matching.objectives.stable import lists_of
from wayfellow.matching.result import Result


def unmatched(result: Result, mentee: int, trials: Trials) -> Unmatched:
    """The reason of one mentee who has allowed mentors."""
    problem, load = result.problem, result.load
    mentee_id = problem.mentee_ids[mentee]
    pairs = np.flatnonzero(problem.mentee == mentee)
    mutual = np.zeros(problem.score.size, dtype=bool)
    mutual[lists_of(problem).mentee_order] = True
    # A pin takes a place though nobody listed it.
    takers = np.bincount(problem.mentor[mutual | problem.pinned], minlength=len(problem.mentor_ids))
    both = pairs[mutual[pairs]]
    if not both.size:
        text = f"{counted(pairs.size, 'allowed pair is', 'allowed pairs are')} not listed by both people."
        # A place that is free stays free for them; otherwise places for all who might come.
        coming = takers + 1 - problem.capacity
        free = load < problem.capacity
        mentor = min(problem.mentor[pairs].tolist(), key=lambda at: (not free[at], int(coming[at]), at))
        places = 0 if free[mentor] else max(int(coming[mentor]), 1)
        mentor_id = problem.mentor_ids[mentor]
        name = problem.name(mentor_id)
        change = f"{problem.name(mentee_id)} and {name} put each other on their lists"
        if places:
            change += f", and {name} gets {counted(places, 'more place', 'more places')}"
        return Unmatched(mentee_id, "no_allowed_pair", text, SmallestChange("list", mentor_id, places, f"{change}."))
    if both.size == 1:
        name = problem.name(problem.mentor_ids[int(problem.mentor[both[0]])])
        text = f"The only mentor where both list each other, {name}, is full with people they rank at least as high."
    else:
        mentors = "Both mentors" if both.size == 2 else f"All {both.size:,} mentors"
        text = f"{mentors} where both list each other are full with people they rank at least as high."
    # With a place for everyone who is listed by both, theirs is certain.
    listing = takers - problem.capacity
    best = min((max(int(listing[mentor]), 1), mentor) for mentor in problem.mentor[both].tolist())
    for mentor in problem.mentor[both].tolist():
        changed = result
        for places in range(1, best[0]):
            if not trials.may_try(problem.score.size):
                break
            changed = seat(changed, problem.mentor_ids[mentor], 1)
            if (changed.problem.mentee[changed.chosen] == mentee).any():
                best = places, mentor
                break
    name = problem.name(problem.mentor_ids[best[1]])
    words = f"Give {name} {counted(best[0], 'more place', 'more places')}."
    return Unmatched(
        mentee_id, "mentors_full", text, SmallestChange("place", problem.mentor_ids[best[1]], best[0], words)
    )
