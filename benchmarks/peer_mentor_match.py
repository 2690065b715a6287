"""Runs in the environment of PyPI `mentor-match`: three rounds over a cohort, as its documentation shows it."""

import operator
import time

PROFESSIONS = ("policy", "digital", "operations", "finance", "legal", "people", "science", "commercial")


def three_rounds(mentees: list[dict], mentors: list[dict]) -> tuple[list[tuple[str, str]], float, float]:
    """Match three times over, each round with a bonus for who has nobody yet.

    Args:
        mentees, mentors: dicts with email, grade, organisation and profession.

    Returns:
        The pairs as (mentee e-mail, mentor e-mail), and the processor and wall time of the matching alone.
    """
    from matching import process
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.rules.rule import Disqualify, Equivalent, Generic, Grade, UnmatchedBonus

    def rules(bonus: int) -> list:
        return [
            Disqualify(lambda match: match.mentor.grade <= match.mentee.grade),
            Grade(1, operator.eq, {True: 12, False: 0}),
            Grade(2, operator.eq, {True: 9, False: 0}),
            Equivalent("profession", {True: 20, False: 0}),
            Generic({True: 10, False: 0}, lambda match: match.mentee.organisation != match.mentor.organisation),
            UnmatchedBonus(bonus),
        ]

    there = [Mentor(**person) for person in mentors]
    here = [Mentee(**person) for person in mentees]
    cpu, wall = time.process_time(), time.perf_counter()
    process.process_data(there, here, [rules(bonus) for bonus in (0, 50, 100)])
    took = time.process_time() - cpu, time.perf_counter() - wall
    return [(mentee.email, mentor.email) for mentee in here for mentor in mentee.mentors], *took
