"""Ties: a number for each pair that depends on the seed and the two ids alone, never on the order of rows."""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.problem import Ints, Problem

Hashes = NDArray[np.uint64]


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
    left = _hash_people(mentee_ids, mentee, seed=seed, side=b"mentee")
    right = _hash_people(mentor_ids, mentor, seed=seed, side=b"mentor")
    return _mix(left[mentee] + _mix(right[mentor]))


def tie_costs(problem: Problem, seed: int, pair: NDArray[np.int64], *, bits: int) -> Ints:
    """Tie hashes as costs from 1 to 2^bits: the level "ties" chooses the pairs whose sum is least."""
    return (tie_hashes(problem, seed, pair) >> np.uint64(64 - bits)).astype(np.int64) + 1


def tie_bits(nodes: int) -> int:
    """As many bits as the solver can take for a network of so many nodes."""
    return 60 - (nodes + 2).bit_length()


def _hash_people(ids: tuple[str, ...], used: NDArray[np.integer], *, seed: int, side: bytes) -> Hashes:
    """A hash for each person who takes part in a pair, 0 for the others."""
    hashes = np.zeros(len(ids), dtype=np.uint64)
    flags = np.zeros(len(ids), dtype=bool)
    flags[used] = True
    people = np.flatnonzero(flags)
    start = blake2b(f"{seed}:".encode(), digest_size=8, person=side)
    hashes[people] = np.frombuffer(b"".join(_digests(start, (ids[at] for at in people.tolist()))), dtype="<u8")
    return hashes


def _digests(start: blake2b, ids: Iterable[str]) -> Iterable[bytes]:
    for person_id in ids:
        digest = start.copy()
        digest.update(person_id.encode("utf-8", "surrogatepass"))
        yield digest.digest()


def _mix(values: Hashes) -> Hashes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014): each bit in moves every bit out."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
