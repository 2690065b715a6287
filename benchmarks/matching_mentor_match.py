"""500 mentees who each want three mentors, and 500 mentors with three places: ours, and PyPI `mentor-match`."""

import numpy as np

from benchmarks.measure import measure, measure_alone, peer, show
from benchmarks.peer_mentor_match import PROFESSIONS

PEOPLE = 500
WANTED = 3


def cohort(seed: int = 0) -> tuple[list[dict], list[dict]]:
    """Mentees and mentors with a grade, an organisation and a profession."""
    draw = np.random.default_rng(seed)

    def people(side: str, lowest: int, highest: int) -> list[dict]:
        return [
            {
                "email": f"{side}{number:03}@example.org",
                "grade": int(draw.integers(lowest, highest)),
                "organisation": f"department {draw.integers(12)}",
                "profession": str(draw.choice(PROFESSIONS)),
            }
            for number in range(PEOPLE)
        ]

    return people("mentee", 2, 7), people("mentor", 3, 10)


def score(mentee: dict, mentor: dict) -> int | None:
    """What a pair is worth under the rules that both get, or None if it is not allowed."""
    above = mentor["grade"] - mentee["grade"]
    if above <= 0:
        return None
    points = {1: 12, 2: 9}.get(above, 0)
    points += 20 * (mentee["profession"] == mentor["profession"])
    return points + 10 * (mentee["organisation"] != mentor["organisation"])


def ours(mentees: list[dict], mentors: list[dict]) -> list[tuple[str, str]]:
    """Score all pairs and match them, all three mentors of a mentee at once."""
    from wayfellow.matching.build import Mentee, Mentor, Pair, problem_from_pairs
    from wayfellow.matching.solve import match

    pairs = [
        Pair(mentee["email"], mentor["email"], points)
        for mentee in mentees
        for mentor in mentors
        if (points := score(mentee, mentor)) is not None
    ]
    problem = problem_from_pairs(
        [Mentee(person["email"], want=WANTED) for person in mentees],
        [Mentor(person["email"], capacity=WANTED) for person in mentors],
        pairs,
    )
    return match(problem).pairs


def main() -> None:
    """Print what both find, and how long it takes them."""
    mentees, mentors = cohort()
    ours(mentees[:20], mentors[:20])  # imports
    our_run = measure(lambda: ours(mentees, mentors))
    theirs = measure_alone(
        "benchmarks.peer_mentor_match", "three_rounds", mentees, mentors, python=peer("mentor-match")
    )
    people = {person["email"]: person for person in [*mentees, *mentors]}
    rows = []
    for name, run in (("wayfellow, all three jointly", our_run), ("mentor-match, three rounds", theirs)):
        total = sum(score(people[mentee], people[mentor]) or 0 for mentee, mentor in run.value)
        someone = len({mentee for mentee, _ in run.value})
        rows.append((name, someone, len(run.value), total, run.cpu, run.wall, theirs.cpu / run.cpu))
    headings = ("run", "mentees with a mentor", "pairs", "total score", "CPU s", "wall s", "times as fast")
    show(f"{PEOPLE} mentees, {PEOPLE} mentors, three each", headings, rows)


if __name__ == "__main__":
    main()
