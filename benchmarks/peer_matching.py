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
