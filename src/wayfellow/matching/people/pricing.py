"""Find pairs that would better a result, among all pairs of a cohort, by the prices that prove it.

A result over some of the pairs is the best over all of them when no other pair has a reduced cost below zero. Levels
are compared in order: a pair that costs something at one level is out, whatever it gives at the next; one that costs
nothing at any level is left to the ties.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.criteria.scores import PeopleScores
from wayfellow.matching.criteria.weights import BEST_SCORE
from wayfellow.matching.errors import CannotSolve
from wayfellow.matching.flow.network import Network
from wayfellow.matching.flow.ties import PairHasher
from wayfellow.matching.problem import Flags, Ints

# A block of pairs that is priced at once stays in the processor's cache.
_PAIRS_AT_ONCE = 2**17
# Up to so many scores are kept; beyond, they are computed anew for each pass.
_KEPT = 2 * 10**8

# Pairs that miss bettering a result by so few points often would better the next: they come along and spare a round.
_NEARLY = 300

Keys = NDArray[np.int64]


class ScoreTable:
    """All scores of a cohort, row by row; kept in memory where that is reasonable.

    A pair is numbered mentee × mentors + mentor. `allowed` counts the pairs that no rule forbids.
    """

    def __init__(self, scores: PeopleScores) -> None:
        self._scores = scores
        self.mentees, self.mentors = len(scores.mentees), len(scores.mentors)
        self._table: NDArray[np.int16] | None = None
        if self.mentees * self.mentors <= _KEPT:
            self._table = np.empty((self.mentees, self.mentors), np.int16)
        self.allowed = 0
        for start, block in scores.blocks():
            self.allowed += int(np.count_nonzero(block >= 0))
            if self._table is not None:
                self._table[start : start + len(block)] = block

    def rows(self) -> Iterator[tuple[int, NDArray[np.int16]]]:
        """The scores of some mentees at a time, and the first of them."""
        size = max(_PAIRS_AT_ONCE // max(self.mentors, 1), 1)
        for start in range(0, self.mentees, size):
            stop = min(start + size, self.mentees)
            yield start, self._scores.block(start, stop) if self._table is None else self._table[start:stop]

    def at(self, keys: Keys) -> Ints:
        """Scores of pairs by number, ascending."""
        if self._table is not None:
            return self._table.ravel()[keys].astype(np.int64)
        found = [np.zeros(0, np.int64)]
        for start, block in self.rows():
            first = start * self.mentors
            inside = keys[np.searchsorted(keys, first) : np.searchsorted(keys, first + block.size)]
            found.append(block.ravel()[inside - first].astype(np.int64))
        return np.concatenate(found)


@dataclass(frozen=True, eq=False)
class Prices:
    """The prices of all levels before the ties in one number for each person, the levels in their order.

    A pair's reduced cost is `mentor + (-score, where the level "score" is among them) - mentee`.

    Args:
        mentee, mentor: the numbers, (n,) and (m,).
        mentee_open, mentor_open: who has a wish or a seat that is not taken by a pin.
    """

    mentee: Ints
    mentor: Ints
    mentee_open: Flags
    mentor_open: Flags


def prices_in_one(network: Network, names: Sequence[str], prices: Sequence[Ints]) -> Prices:
    """Put the prices of levels together so that the sum is below zero exactly when the first that is not 0 is.

    Args:
        network: the network; all its levels before the last cost pairs nothing, the last is "score".
        names: the levels.
        prices: node prices of each.

    Raises:
        CannotSolve: the prices lie too far apart for 64 bits.
    """
    n, m = network.mentees, network.mentors
    seats = np.zeros(m, np.bool_)
    seats[network.exit_node[network.unmet :] - n] = True
    wishes = network.supply[:n] > 0
    mentee, mentor = np.zeros(n, np.int64), np.zeros(m, np.int64)
    weight = 1
    for name, price in reversed(list(zip(names, prices, strict=True))):
        ours, theirs = np.where(wishes, price[:n], 0), np.where(seats, price[n : n + m], 0)
        mentee += weight * ours
        mentor += weight * theirs
        reach = int(np.abs(ours).max(initial=0)) + int(np.abs(theirs).max(initial=0))
        weight *= reach + 1 + (BEST_SCORE if name == "score" else 0)
        if weight >= 2**62:
            raise CannotSolve("the prices of the levels lie too far apart to price all pairs")
    return Prices(mentee, mentor, wishes, seats)


def better_pairs(table: ScoreTable, prices: Prices, keys: Keys, *, floor: int, most: int, ties: PairHasher) -> Keys:
    """Pairs outside a problem that would better its result, and with them some that nearly would; none if none would.

    At most so many of each mentee, the best first.

    Args:
        table: all scores.
        prices: what proves the result.
        keys: numbers of the pairs that the problem holds, ascending.
        floor: pairs below this score are out.
        most: how many of each mentee.
        ties: hashes by which the ties will be broken: of equally good pairs those that will win come first.
    """
    found, any_better = [np.zeros(0, np.int64)], False
    for start, gain, allowed in _gains(table, prices, floor):
        near = np.flatnonzero((gain > -_NEARLY) & allowed)
        outside = _outside(near + start * table.mentors, keys)
        if len(outside):
            gains = gain.ravel()[outside - start * table.mentors]
            any_better = any_better or bool((gains > 0).any())
            found.append(most_of_each(outside, gains, table.mentors, most, ties))
    return np.concatenate(found) if any_better else found[0]


def equal_pairs(table: ScoreTable, prices: Prices, keys: Keys, *, floor: int) -> Iterator[Keys]:
    """Pairs outside a problem that are as good as those of its result at every level before the ties."""
    for start, gain, allowed in _gains(table, prices, floor):
        equal = np.flatnonzero((gain == 0) & allowed)
        outside = _outside(equal + start * table.mentors, keys)
        if len(outside):
            yield outside


def most_of_each(keys: Keys, gain: NDArray[np.signedinteger], mentors: int, most: int, ties: PairHasher) -> Keys:
    """Of each mentee's pairs those with the highest gain, ascending; of equal ones those of the least tie hash."""
    mentee, mentor = np.divmod(keys, mentors)
    order = np.lexsort((ties(mentee, mentor), -gain, mentee))
    mentee = mentee[order]
    rank = np.arange(len(keys)) - np.searchsorted(mentee, mentee)
    return np.sort(keys[order[rank < most]])


def _gains(table: ScoreTable, prices: Prices, floor: int) -> Iterator[tuple[int, Ints, Flags]]:
    """Minus the reduced cost of all pairs, and which of them may be at all, some mentees at a time."""
    for start, block in table.rows():
        mine = slice(start, start + len(block))
        gain = block - prices.mentor
        gain += prices.mentee[mine, None]
        allowed = block >= floor
        allowed &= prices.mentor_open
        allowed &= prices.mentee_open[mine, None]
        yield start, gain, allowed


def _outside(found: Keys, keys: Keys) -> Keys:
    if not len(keys):
        return found
    at = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
    return found[keys[at] != found]
