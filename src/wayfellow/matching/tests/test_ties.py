"""Tie hashes: the same for ever, whatever machine, version or process, so that old results can be found again."""

import numpy as np
import pytest

from wayfellow.matching.flow.ties import hash_pairs, pair_hasher


@pytest.mark.parametrize(
    ("mentee_id", "seed", "expected"),
    [
        ("ana", 0, 15376682085191264208),
        ("ana", 1, 5639340408851881284),
        ("Zoë", -3, 17603471663119266299),
        ("", 2**70, 12846594190827570445),
    ],
)
def test_a_hash_never_changes(mentee_id: str, seed: int, expected: int) -> None:
    alone = np.array([0])
    assert hash_pairs((mentee_id,), ("li",), seed=seed, mentee=alone, mentor=alone).tolist() == [expected]


def test_ids_hash_by_themselves_and_no_two_alike() -> None:
    """Whoever else is there, in whichever direction: 40,000 pairs have 40,000 hashes."""
    ids = ("", *(f"{'x' * (at % 7)}{at}" for at in range(199)))
    mentee, mentor = np.divmod(np.arange(40_000), 200)
    hashes = pair_hasher(ids, ids, seed=5)(mentee, mentor)
    assert np.unique(hashes).size == 40_000
    some = np.array([3, 150])
    assert hash_pairs(ids, ids, seed=5, mentee=some, mentor=some[::-1]).tolist() == [
        hashes[3 * 200 + 150],
        hashes[150 * 200 + 3],
    ]
    few = hash_pairs(ids[3:4], ids[150:151], seed=5, mentee=np.array([0]), mentor=np.array([0]))
    assert few.tolist() == [hashes[3 * 200 + 150]]
