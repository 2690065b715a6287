"""People who share a mentor are alike: clusters, and the wild bootstrap for few of them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import product

import numpy as np

from wayfellow.impact.estimates.matrix import Floats, Ints

DRAWS = 999


@dataclass(frozen=True, slots=True)
class Clusters:
    """Which cluster each person is in.

    Attributes:
        codes: from 0 to count - 1, each of which occurs, shape (n,).
    """

    codes: Ints
    count: int

    def of(self, rows: Ints) -> Clusters:
        """Those of some rows, by their positions."""
        return clusters_from(self.codes[rows])


def clusters_from(codes: Ints) -> Clusters:
    """Clusters from labels' codes; a person without one (-1) is a cluster of one."""
    alone = codes < 0
    filled = codes.copy()
    filled[alone] = codes.max(initial=-1) + 1 + np.arange(int(alone.sum()))
    _, new = np.unique(filled, return_inverse=True)
    return Clusters(codes=new.astype(np.int64), count=int(new.max(initial=-1)) + 1)


def generator(seed: int, stream: str) -> np.random.Generator:
    """The draws of one named purpose: the same for the same seed and name, whatever else was drawn."""
    return np.random.default_rng([seed, zlib.crc32(stream.encode())])


def wild_p(x: Floats, y: Floats, clusters: Clusters, *, seed: int, stream: str) -> float:
    """p of the second coefficient by the wild cluster bootstrap, the null imposed, Rademacher signs.

    Cameron, Gelbach and Miller 2008. With at most nine clusters all signs are tried, else 999 are drawn.

    Args:
        x, y: design and outcome, already multiplied by the roots of the weights; shapes (n, k) and (n,).
    """
    inverse = np.linalg.pinv(x.T @ x)
    others = np.delete(x, 1, axis=1)
    restricted = y - others @ np.linalg.lstsq(others, y, rcond=None)[0]
    full = y - x @ (inverse @ (x.T @ y))
    row = x @ inverse[1]

    def sums(values: Floats) -> Floats:
        return np.stack([np.bincount(clusters.codes, weights=column, minlength=clusters.count) for column in values.T])

    observed = float(row @ y) / _root((sums((row * full)[:, None])[0] ** 2).sum())
    shares = sums((row * restricted)[:, None])[0]
    pull = sums(row[:, None] * x).T @ inverse @ sums(x * restricted[:, None])
    if 2**clusters.count <= DRAWS:
        signs = np.array(list(product((-1.0, 1.0), repeat=clusters.count)))
        extra = 0
    else:
        signs = generator(seed, stream).choice((-1.0, 1.0), size=(DRAWS, clusters.count))
        extra = 1
    scores = signs * shares - signs @ pull.T
    drawn = np.abs(signs @ shares) / np.sqrt(np.maximum((scores**2).sum(axis=1), np.finfo(float).tiny))
    as_far = int((drawn >= abs(observed) * (1 - 1e-10)).sum())
    return (as_far + extra) / (len(signs) + extra)


def _root(value: float) -> float:
    return float(np.sqrt(max(value, np.finfo(float).tiny)))
