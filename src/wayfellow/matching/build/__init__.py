"""Build a `Problem` from rows or arrays, and say everything that is wrong with them at once."""

from wayfellow.matching.build.arrays import problem_from_arrays
from wayfellow.matching.build.columns import Columns, problem_from_columns
from wayfellow.matching.build.pairs import problem_from_pairs
from wayfellow.matching.build.rows import Circle, Mentee, Mentor, Pair, Preference, Rule

__all__ = [
    "Circle",
    "Columns",
    "Mentee",
    "Mentor",
    "Pair",
    "Preference",
    "Rule",
    "problem_from_arrays",
    "problem_from_columns",
    "problem_from_pairs",
]
