"""What each criterion weighs by default, and the evidence for it: a prior from research that a manager can move."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wayfellow.matching.errors import Finding

# A score counts from 0 to 10,000. Underneath, parts are whole numbers of finer units, so that sums are exact in any
# order of adding; 1,024 to a point keeps every sum below 2**24, where float32 still holds every whole number.
BEST_SCORE = 10_000
UNITS_PER_POINT = 1_024
UNITS = BEST_SCORE * UNITS_PER_POINT


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that pairs are compared by.

    Args:
        code: its name in weights, points and files.
        label: it in words.
        weight: its default weight; those of the criteria that have data are rescaled to 100.
        measure: how a pair is measured, 0 to 1.
        evidence: why it weighs what it weighs.
        source: where that is from.
    """

    code: str
    label: str
    weight: float
    measure: str
    evidence: str
    source: str


@dataclass(frozen=True, slots=True)
class NeverScored:
    """Something that is not compared, and why."""

    label: str
    why: str
    source: str


CRITERIA = (
    Criterion(
        "skills",
        "Skills",
        35,
        "Mean over the skills wanted of min(level offered, level wanted) / level wanted; a skill not offered counts 0.",
        "What the mentee needs is the purpose of the match. Consensus of practice, no effect size.",
        "Deng et al. 2022; EMCC standards for mentoring programmes",
    ),
    Criterion(
        "goals",
        "Goals, values and ways of working",
        30,
        "Cosine of the two lists of phrases and their words, each weighted by 1 + ln(people / people who name it).",
        "Deep-level similarity correlates .38 to .59 with what mentees say of the relationship (173 samples, "
        "N = 40,737); mostly perceived, and mostly after the fact.",
        "Eby et al. 2013",
    ),
    Criterion(
        "hours",
        "Hours in common",
        15,
        "min(free hours a week in common, 3) / 3.",
        "Interaction frequency correlates .25 with psychosocial support.",
        "Eby et al. 2013",
    ),
    Criterion(
        "time_zone",
        "Time zone",
        15,
        "max(0, 8 - hours apart on the clock) / 8: the share of an eight-hour day in common. Stands in for hours in "
        "common when nobody's availability is known.",
        "As for hours in common.",
        "Eby et al. 2013",
    ),
    Criterion(
        "language",
        "Language",
        5,
        "1 when a language is shared, else 0.",
        "Without a shared language nobody meets; part of feasibility.",
        "Eby et al. 2013 (interaction frequency)",
    ),
    Criterion(
        "perspective",
        "Difference of perspective",
        10,
        "Share of the dimensions named by the manager along which the two differ.",
        "Little research. Reported as a wish of the programme, not as something that improves outcomes.",
        "A choice of the programme",
    ),
    Criterion(
        "readiness",
        "Mentor training",
        5,
        "1 when the mentor has had the training, else 0.",
        "Training of mentors is related to the quality of the relationship.",
        "Allen, Eby and Lentz 2006",
    ),
)
BY_CODE = {criterion.code: criterion for criterion in CRITERIA}

NEVER_SCORED = (
    NeverScored(
        "Being alike in age, gender, origin or faith",
        "Not associated with the quality of the relationship; only ever at the mentee's own wish, never inferred.",
        "Tuma and Dolan (565 students)",
    ),
    NeverScored("Personality", "Small and mixed samples.", "No sufficient study"),
)


def findings_of_weights(weights: Mapping[str, float]) -> list[Finding]:
    """What is wrong with weights that somebody set."""
    known = ", ".join(BY_CODE)
    found = [Finding(f"no criterion is called {code}; there are {known}", "weights", column=code)
             for code in weights if code not in BY_CODE]  # fmt: skip
    found += [
        Finding("a weight is a number from 0 up", "weights", column=code)
        for code, weight in weights.items()
        if code in BY_CODE and not 0 <= weight < float("inf")
    ]
    return found


def units_of(weights: Mapping[str, float], present: Collection[str]) -> dict[str, int]:
    """Share the whole out to the criteria that are present, by weight; the parts sum to the whole exactly.

    Args:
        weights: criterion → weight.
        present: criteria that have data.

    Returns:
        criterion → units, without those of weight 0; empty when nothing weighs.
    """
    kept = {code: weights[code] for code in BY_CODE if code in present and weights[code] > 0}
    whole = sum(kept.values())
    if not whole:
        return {}
    exact = {code: weight / whole * UNITS for code, weight in kept.items()}
    units = {code: int(part) for code, part in exact.items()}
    short = UNITS - sum(units.values())
    for code in sorted(exact, key=lambda code: units[code] - exact[code])[:short]:
        units[code] += 1
    return units
