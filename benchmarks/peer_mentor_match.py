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


def limits() -> list[tuple[str, str]]:
    """What it does with small cohorts of known answer: (cohort, what came of it)."""
    from matching import process
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.rules.rule import Disqualify, Rule

    class Points(Rule):
        """A ready score for each pair."""

        def __init__(self, points: dict[tuple[str, str], int]) -> None:
            super().__init__()
            self.points = points

        def apply(self, match_object) -> int:
            return self.points[match_object.mentee.email, match_object.mentor.email]

        def evaluate(self, match_object) -> bool:
            return True

    def pairs(points: dict[tuple[str, str], int], rounds: int) -> str:
        here = [Mentee(email=email, grade=1) for email in sorted({mentee for mentee, _ in points})]
        there = [Mentor(email=email, grade=1) for email in sorted({mentor for _, mentor in points})]
        rules = [
            # Rules apply from the last: the one that forbids must come before the one that looks points up.
            [Points(points), Disqualify(lambda match: (match.mentee.email, match.mentor.email) not in points)]
            for _ in range(rounds)
        ]
        process.process_data(there, here, rules)
        found = [(mentee.email, mentor.email) for mentee in here for mentor in mentee.mentors]
        someone = len({mentee for mentee, _ in found})
        return f"{someone} of {len(here)} mentees with a mentor, {sum(points[pair] for pair in found)} points"

    scarce = {("ana", "li"): 20, ("ben", "li"): 60, ("ben", "eva"): 10}
    return [
        ("Ana may only have Li; Ben may have Li, who suits him better, or Eva; one round", pairs(scarce, 1)),
        ("the same in two rounds, in which Li, who has one place, gets two mentees", pairs(scarce, 2)),
    ]
