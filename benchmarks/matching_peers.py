"""What PyPI `matching` and `mentor-match` do with small cohorts of known answer, and ours. Nothing is timed."""

from benchmarks.measure import measure_alone, peer, show
from wayfellow.matching import Mentee, Mentor, Pair, Preference, match, problem_from_pairs, verify

Choices = dict[str, list[list[str]]]


def stable(mentees: Choices, mentors: Choices, *, want: int = 1, places: int = 1) -> str:
    """Our pairs of people who rank each other; a list in a list is a rank that is given more than once."""
    choices = [("mentee", mentees), ("mentor", mentors)]
    problem = problem_from_pairs(
        [Mentee(person, want=want) for person in mentees],
        [Mentor(person, capacity=places) for person in mentors],
        [Pair(one, other, 0) for one in mentees for other in mentors],
        preferences=[
            Preference("mentee" if side == "mentee" else "mentor", person, choice, rank)
            for side, people in choices
            for person, ranks in people.items()
            for rank, alike in enumerate(ranks, start=1)
            for choice in alike
        ],
    )
    result = match(problem, objective="stable")
    assert verify(result).ok
    count = len(result.pairs)
    return f"{count} pair{'' if count == 1 else 's'}"


def ours_of_matching() -> list[str]:
    """Ours for the cohorts of `peer_matching.limits`, in their order."""
    here, there = [f"e{at}" for at in range(100)], [f"o{at}" for at in range(100)]
    one_sided = stable({"ana": [["li"]]}, {"li": []})
    both: Choices = {"li": [["ana"]], "eva": [["ana"]]}
    return [
        stable(
            {one: [[other] for other in there] for one in here}, {one: [[other] for other in here] for one in there}
        ),
        stable({"ana": [["li"]]}, {"li": [["ana"]]}, places=0),
        stable({"ana": [["li", "eva"]]}, both),
        one_sided,
        one_sided,
        stable({"ana": [["li"], ["eva"]]}, both, want=2),
    ]


def ours_of_mentor_match() -> list[str]:
    """Ours for the cohorts of `peer_mentor_match.limits`: each mentor has one place, whatever the rounds."""
    problem = problem_from_pairs(
        [Mentee("ana"), Mentee("ben")],
        [Mentor("li"), Mentor("eva")],
        [Pair("ana", "li", 20), Pair("ben", "li", 60), Pair("ben", "eva", 10)],
    )
    result = match(problem)
    assert verify(result).ok
    return [f"{result.participation} of 2 mentees with a mentor, {result.total_score} points"] * 2


def main() -> None:
    """Print both tables."""
    for name, module, ours in (
        ("matching", "benchmarks.peer_matching", ours_of_matching()),
        ("mentor-match", "benchmarks.peer_mentor_match", ours_of_mentor_match()),
    ):
        theirs = measure_alone(module, "limits", python=peer(name)).value
        rows = [(cohort, came, mine) for (cohort, came), mine in zip(theirs, ours, strict=True)]
        show(f"PyPI {name}", ("cohort", name, "wayfellow"), rows)


if __name__ == "__main__":
    main()
