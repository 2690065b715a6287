"""Ties: a number for each pair that depends on the seed and the two ids alone, never on the order of rows."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.problem import Ints, Problem

Hashes = NDArray[np.uint64]
PairHasher = Callable[[NDArray[np.integer], NDArray[np.integer]], Hashes]

# Odd numbers without a pattern: the first digits of the golden ratio, of pi and of e.
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MENTEE = 0x243F6A8885A308D3
_MENTOR = 0xB7E151628AED2A6B


def tie_hashes(problem: Problem, seed: int, pair: NDArray[np.int64]) -> Hashes:
    """A 64-bit hash of (seed, mentee id, mentor id) for some pairs of a problem, by their positions.

    Args:
        problem: the cohort.
        seed: another seed breaks ties another way.
        pair: positions in the problem's pairs.
    """
    return hash_pairs(
        problem.mentee_ids, problem.mentor_ids, seed=seed, mentee=problem.mentee[pair], mentor=problem.mentor[pair]
    )


def hash_pairs(
    mentee_ids: tuple[str, ...],
    mentor_ids: tuple[str, ...],
    *,
    seed: int,
    mentee: NDArray[np.integer],
    mentor: NDArray[np.integer],
) -> Hashes:
    """The hash of `tie_hashes` for pairs by the positions of their people, allowed or not."""
    left = _hash_people(mentee_ids, mentee, seed=seed, salt=_MENTEE)
    right = _hash_people(mentor_ids, mentor, seed=seed, salt=_MENTOR)
    return _mix(left[mentee] + _mix(right[mentor]))


def pair_hasher(mentee_ids: tuple[str, ...], mentor_ids: tuple[str, ...], *, seed: int) -> PairHasher:
    """`hash_pairs` for one cohort and many calls: people are hashed once."""
    left = _hash_people(mentee_ids, np.arange(len(mentee_ids)), seed=seed, salt=_MENTEE)
    right = _mix(_hash_people(mentor_ids, np.arange(len(mentor_ids)), seed=seed, salt=_MENTOR))
    return lambda mentee, mentor: _mix(left[mentee] + right[mentor])


def tie_costs(problem: Problem, seed: int, pair: NDArray[np.int64], *, bits: int) -> Ints:
    """Tie hashes as costs from 1 to 2^bits: the level "ties" chooses the pairs whose sum is least."""
    return cost_of(tie_hashes(problem, seed, pair), bits=bits)


def cost_of(hashes: Hashes, *, bits: int) -> Ints:
    """Tie hashes as costs of so many bits."""
    return (hashes >> np.uint64(64 - bits)).astype(np.int64) + 1


def tie_bits(nodes: int) -> int:
    """As many bits as the solver can take in one call for a network of so many nodes, with room for its prices."""
    return 52 - (nodes + 2).bit_length()


def _hash_people(ids: tuple[str, ...], used: NDArray[np.integer], *, seed: int, salt: int) -> Hashes:
    """A hash for each person who takes part in a pair, 0 for the others.

    An id is a polynomial in its code points, as in Karp and Rabin 1987, modulo 2^64.
    """
    hashes = np.zeros(len(ids), dtype=np.uint64)
    flags = np.zeros(len(ids), dtype=bool)
    flags[used] = True
    people = np.flatnonzero(flags)
    if not people.size:
        return hashes
    texts = [ids[at] for at in people.tolist()]
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
    # Each id ends with a character of its own, so that none is empty and none the start of another.
    letters = np.frombuffer(("\x01".join(texts) + "\x01").encode("utf-32-le", "surrogatepass"), dtype="<u4")
    starts = np.cumsum(sizes) - sizes
    powers = np.full(int(sizes.max()), _BASE, dtype=np.uint64)
    powers[0] = 1
    powers = np.cumprod(powers, dtype=np.uint64)
    place = np.arange(letters.size) - np.repeat(starts, sizes)
    sums = np.add.reduceat(letters * powers[place], starts)
    hashes[people] = _mix(sums + _mix(np.array([(salt + int(seed)) % 2**64], dtype=np.uint64)))
    return hashes


def _mix(values: Hashes) -> Hashes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014): each bit in moves every bit out."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
