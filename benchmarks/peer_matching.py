"""Runs in the environment of PyPI `matching`: a stable marriage from two dictionaries of ranked names."""

import sys
import time

Ranks = dict[str, list[str]]


def stable_marriage(suitors: Ranks, reviewers: Ranks) -> tuple[list[tuple[str, str]], float, float]:
    """Match as its documentation shows it, with the recursion limit raised: its copy of the players recurses.

    Returns:
        The pairs as (suitor, reviewer), and the processor and wall time from dictionaries to pairs.
    """
    from matching.games import StableMarriage

    sys.setrecursionlimit(10**7)
    cpu, wall = time.process_time(), time.perf_counter()
    game = StableMarriage.create_from_dictionaries(suitors, reviewers)
    pairs = sorted((suitor.name, reviewer.name) for suitor, reviewer in game.solve(optimal="suitor").items())
    return pairs, time.process_time() - cpu, time.perf_counter() - wall


def limits() -> list[tuple[str, str]]:
    """What it does with cohorts that programmes have: (cohort, what came of it)."""
    import warnings

    from matching.games import HospitalResident, StableMarriage

    warnings.simplefilter("ignore")

    def everybody(people: int) -> tuple[Ranks, Ranks]:
        here, there = [f"e{at}" for at in range(people)], [f"o{at}" for at in range(people)]
        return dict.fromkeys(here, there), dict.fromkeys(there, here)

    def pairs(mentees: dict, mentors: dict, places: dict, **how: bool) -> int:
        found = HospitalResident.create_from_dictionaries(mentees, mentors, places, **how).solve()
        return sum(map(len, found.values()))

    eva, both = {"li": 1, "eva": 1}, {"li": ["ana"], "eva": ["ana"]}
    return _tried(
        {
            "100 and 100 who rank each other, Python's own recursion limit": lambda: len(
                StableMarriage.create_from_dictionaries(*everybody(100)).solve()
            ),
            "a mentor with 0 places": lambda: pairs({"ana": ["li"]}, {"li": ["ana"]}, {"li": 0}),
            "a mentee who ranks two mentors alike": lambda: pairs({"ana": [["li", "eva"]]}, both, eva),
            "a mentee who lists a mentor who does not list them": lambda: pairs({"ana": ["li"]}, {"li": []}, {"li": 1}),
            "the same with clean=True": lambda: pairs({"ana": ["li"]}, {"li": []}, {"li": 1}, clean=True),
            "a mentee who would like two mentors": lambda: pairs(
                {"ana": ["li", "eva"]}, {"li": ["ana"], "eva": ["ana"]}, eva
            ),
        }
    )


def _tried(calls: dict) -> list[tuple[str, str]]:
    found = []
    for name, call in calls.items():
        try:
            count = call()
            found.append((name, f"{count} pair{'' if count == 1 else 's'}"))
        except Exception as error:
            found.append((name, type(error).__name__))
    return found
