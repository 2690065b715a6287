"""Why a mentee is in no circle."""

from dataclasses import replace

import numpy as np

from wayfellow.matching.explanations.facts import SmallestChange, Unmatched
from wayfellow.matching.explanations.places import Trials
from wayfellow.matching.explanations.words import counted, listed
from wayfellow.matching.problem import Circles, Ints, Problem
from wayfellow.matching.result import Result
from wayfellow.matching.solve import match


def unmatched(result: Result, mentee: int, trials: Trials) -> Unmatched:
    """The reason of one mentee who has allowed mentors."""
    problem = result.problem
    mentee_id = problem.mentee_ids[mentee]
    circles = _circles(problem)
    mentors = problem.mentor[problem.mentee == mentee]
    leading = np.flatnonzero(np.isin(circles.mentor, mentors))
    if not leading.size:
        text = f"None of the {counted(mentors.size, 'allowed mentor', 'allowed mentors')} leads a circle."
        return Unmatched(mentee_id, "no_allowed_pair", text, allow(result, mentee))
    load = result.load[circles.mentor]
    closed, full = leading[load[leading] == 0], leading[load[leading] > 0]
    parts = []
    if full.size:
        parts.append(f"{counted(full.size, 'circle is full', 'circles are full')}")
    if closed.size:
        parts.append(f"{counted(closed.size, 'circle does', 'circles do')} not reach the least size")
    text = f"Of the circles that {problem.name(mentee_id)} could join, {listed(parts)}."
    return Unmatched(mentee_id, "mentors_full", text, _change(result, mentee, full, closed, trials))


def allow(result: Result, mentee: int) -> SmallestChange:
    """A circle that would take the mentee: one that takes place with room, else one with a place for everybody."""
    problem = result.problem
    circles = _circles(problem)
    load = result.load[circles.mentor]
    most = np.minimum(circles.max_size, problem.capacity[circles.mentor])
    itself = problem.mentee_ids[mentee]
    others = [at for at in range(circles.mentor.size) if problem.mentor_ids[int(circles.mentor[at])] != itself]
    if not others:
        return SmallestChange("mentor", None, None, "A mentor who leads a circle has to join.")
    for at in others:
        if 0 < load[at] < most[at]:
            mentor_id = problem.mentor_ids[int(circles.mentor[at])]
            text = f"Allow the pair with {problem.name(mentor_id)}, whose circle has a free place."
            return SmallestChange("pair", mentor_id, None, text)
    return _for_everybody(problem, others[0], pairs=1)


def with_circle(problem: Problem, at: int, *, min_size: int, places: int) -> Problem:
    """The cohort where one circle takes place from another size on, and has more places."""
    circles = _circles(problem)
    capacity, least, most = problem.capacity.copy(), circles.min_size.copy(), circles.max_size.copy()
    mentor = circles.mentor[at]
    size = min(int(most[at]), int(capacity[mentor])) + places
    least[at] = min_size
    most[at], capacity[mentor] = max(int(most[at]), size), max(int(capacity[mentor]), size)
    return replace(problem, capacity=capacity, circles=Circles(circles.mentor, least, most))


def _change(result: Result, mentee: int, full: Ints, closed: Ints, trials: Trials) -> SmallestChange:
    """One more place in a full circle, or a closed one from a smaller size on; tried out, else one certain to do."""
    problem = result.problem
    circles = _circles(problem)
    tries = [(int(at), int(circles.min_size[at]), 1) for at in full]
    # A smaller circle, one person fewer at a time; all closed circles before the next size.
    sizes = int(circles.min_size[closed].max(initial=1))
    for fewer in range(1, sizes):
        tries += [(int(at), int(circles.min_size[at]) - fewer, 0) for at in closed if circles.min_size[at] > fewer]
    for at, least, places in tries:
        # A search over circles takes far longer than a flow.
        if not trials.may_try(1000 * problem.score.size):
            break
        changed = match(with_circle(problem, at, min_size=least, places=places), objective="circles", seed=result.seed)
        if (changed.problem.mentee[changed.chosen] == mentee).any():
            mentor_id = problem.mentor_ids[int(circles.mentor[at])]
            name = problem.name(mentor_id)
            if places:
                return SmallestChange("place", mentor_id, 1, f"Give the circle of {name} 1 more place.")
            text = f"Let the circle of {name} take place from {counted(least, 'person', 'people')} on."
            return SmallestChange("minimum", mentor_id, least, text)
    return _for_everybody(problem, int((full if full.size else closed)[0]), pairs=0)


def _for_everybody(problem: Problem, at: int, *, pairs: int) -> SmallestChange:
    """A circle of any size with a place for all who could come."""
    circles = _circles(problem)
    mentor = int(circles.mentor[at])
    coming = int(np.count_nonzero(problem.mentor == mentor)) + pairs
    places = max(coming - min(int(circles.max_size[at]), int(problem.capacity[mentor])), 0)
    name = problem.name(problem.mentor_ids[mentor])
    text = f"Allow the pair with {name}, and let" if pairs else "Let"
    text += f" the circle of {name} take place from 1 person on"
    text += f" and have {counted(places, 'more place', 'more places')}." if places else "."
    return SmallestChange("circle", problem.mentor_ids[mentor], places, text)


def _circles(problem: Problem) -> Circles:
    if problem.circles is not None:
        return problem.circles
    none = np.zeros(0, dtype=np.int64)
    return Circles(none.astype(np.int32), none, none)
