"""Covariates as columns of numbers: for the models, and for the table of balance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_CLEARLY = 1e-6  # smallest eigenvalue of columns of length 1 that leaves no doubt
_SMALL = 1e-9  # of a column's own length: less than this is left when earlier columns are taken out


@dataclass(frozen=True, slots=True)
class Matrix:
    """Covariates of n people.

    Attributes:
        names: (covariate, column) of each column of `x`.
        x: for models: numbers, squares, the levels of a category less the first, and an indicator for each number
            that is missing somewhere; shape (n, p).
        shown_names, shown: the same for people to read: every level of a category, shape (n, q).
    """

    names: tuple[tuple[str, str], ...]
    x: Floats
    shown_names: tuple[tuple[str, str], ...]
    shown: Floats

    @property
    def width(self) -> int:
        """Number of columns for models."""
        return self.x.shape[1]


def matrix(
    covariates: Sequence[tuple[str, str, bool]],
    *,
    numbers: Mapping[str, Floats],
    categories: Mapping[str, tuple[tuple[str, ...], Ints]],
    size: int,
) -> Matrix:
    """Columns of covariates.

    Args:
        covariates: (column, "number" or "category", whether its square is wanted).
        numbers: by column, nan where missing, shape (size,). A missing one takes the mean, and an indicator column
            says so.
        categories: by column, the labels and the code of each person, -1 where missing, which is a level of its own.
    """
    model: list[tuple[str, str, Floats]] = []
    shown: list[tuple[str, str, Floats]] = []
    for column, kind, square in covariates:
        if kind == "number":
            found = list(_number(column, numbers[column], square=square))
            model += found
            shown += found
        else:
            levels = list(_category(column, *categories[column]))
            model += levels[1:]
            shown += levels
    return Matrix(
        names=tuple((one, name) for one, name, _ in model),
        x=_stacked([values for _, _, values in model], size),
        shown_names=tuple((one, name) for one, name, _ in shown),
        shown=_stacked([values for _, _, values in shown], size),
    )


def independent(x: Floats, *, after: int = 0) -> list[int]:
    """Positions of the columns that no earlier ones make up, those before `after` always kept.

    Gram–Schmidt, twice for accuracy, each column against its own length, so that units do not matter.
    """
    count, width = x.shape
    lengths = np.sqrt(np.einsum("ij,ij->j", x, x))
    scaled = np.asfortranarray(x / np.where(lengths > 0, lengths, 1.0))
    if width and lengths.min() > 0 and np.linalg.eigvalsh(scaled.T @ scaled)[0] > _CLEARLY:
        return list(range(width))
    basis = np.empty((count, width), order="F")
    found, kept = 0, []
    for position in range(width):
        left = scaled[:, position].copy()
        for _ in range(2):
            left -= basis[:, :found] @ (basis[:, :found].T @ left)
        rest = float(np.linalg.norm(left))
        if rest > _SMALL and found < count:
            basis[:, found] = left / rest
            found += 1
            kept.append(position)
        elif position < after:
            kept.append(position)
    return kept


def centred(x: Floats, means: Floats) -> Floats:
    """Columns less their means, scaled to a length of about one each, the idle ones left out."""
    moved = x - means
    scale = np.sqrt((moved**2).mean(axis=0)) if len(x) else np.ones(x.shape[1])
    level = np.abs(x).max(axis=0, initial=0.0)
    alive = scale > _SMALL * np.where(level > 0, level, 1.0)
    moved = moved[:, alive] / scale[alive]
    return moved[:, independent(moved)]


def _number(column: str, values: Floats, *, square: bool) -> list[tuple[str, str, Floats]]:
    missing = np.isnan(values)
    mean = float(values[~missing].mean()) if not missing.all() else 0.0
    filled = np.where(missing, mean, values)
    found = [(column, column, filled)]
    if square:
        found.append((column, f"{column}^2", filled**2))
    if missing.any():
        found.append((column, f"{column}=missing", missing.astype(np.float64)))
    return found


def _category(column: str, labels: tuple[str, ...], codes: Ints) -> list[tuple[str, str, Floats]]:
    found = [
        (column, f"{column}={label}", (codes == code).astype(np.float64))
        for code, label in enumerate(labels)
        if (codes == code).any()
    ]
    if (codes < 0).any():
        found.append((column, f"{column}=missing", (codes < 0).astype(np.float64)))
    return found


def _stacked(columns: Sequence[Floats], size: int) -> Floats:
    return np.column_stack(columns) if columns else np.zeros((size, 0))
