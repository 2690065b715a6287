"""Read cells as whole numbers: fast where all of them are, precise about those that are not."""

import re
from collections.abc import Sequence

import numpy as np

from wayfellow.matching.build.checks import quoted, shortened
from wayfellow.matching.build.raw import too_large
from wayfellow.matching.errors import Finding
from wayfellow.matching.problem import Ints

_DIGITS = {ord(digit): None for digit in "0123456789"}
_WHOLE = re.compile(r"[+-]?[0-9]+")
_LONGEST = 18  # digits that fit in 64 bits whatever they are


def whole_numbers(
    values: Sequence[str | None], *, table: str, column: str, harmless: int, findings: list[Finding]
) -> Ints:
    """The cells as 64-bit integers, with a finding and the harmless value for each that is none."""
    try:
        if set(",".join(values).translate(_DIGITS)) <= {",", "-"}:  # type: ignore[arg-type]
            return np.fromiter(map(int, values), dtype=np.int64, count=len(values))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        pass  # looked for one by one
    numbers = np.full(len(values), harmless, dtype=np.int64)
    for row, value in enumerate(values):
        if value is None:
            continue
        text = value.strip()
        if not text:
            findings.append(Finding("the cell is empty", table, row, column))
        elif not _WHOLE.fullmatch(text):
            findings.append(Finding(f"{quoted(value)} is not a whole number", table, row, column))
        elif len(text.lstrip("+-").lstrip("0")) > _LONGEST:
            findings.append(Finding(too_large(shortened(text), column), table, row, column))
        else:
            numbers[row] = int(text.lstrip("+"))
    return numbers
