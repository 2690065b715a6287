"""What a rung lets one say."""

CLAIMS = {5: "caused", 3: "consistent-if-parallel", 2: "associated"}
NO_DIFFERENCE = "no-clear-difference"
CHANGED = "changed"
NONE = "none"

MAY_SAY = {
    5: "The programme caused a difference, where the interval excludes zero.",
    3: (
        "A difference is consistent with an effect of the programme, if without it both groups would have moved in "
        "parallel."
    ),
    2: "Being mentored is associated with a difference; what was not measured is not ruled out.",
    1: "The figures alone, and nothing about what the programme did.",
    0: "Nothing: a group is too small.",
}
MAY_SAY_CHANGE = "That people changed, and nothing about what the programme did: there was no comparison group."


def may_say(design: str, rung: int) -> str:
    """In a sentence, what the rung lets one say."""
    return MAY_SAY_CHANGE if design == "before-after" and rung == 1 else MAY_SAY[rung]


def claim_of(
    *, design: str, rung: int, role: str, clear: bool, p_adjusted: float | None, level: float, estimated: bool
) -> str:
    """The claim about one outcome.

    Args:
        rung: the one that is left after the gates.
        clear: whether the interval excludes zero.
        p_adjusted: of a secondary outcome; it must be under 1 - level as well.
        estimated: whether there is an estimate.
    """
    change = design == "before-after" and rung == 1
    if role == "placebo" or not estimated or (rung <= 1 and not change):
        return NONE
    if role == "secondary" and (p_adjusted is None or p_adjusted >= 1 - level):
        clear = False
    if not clear:
        return NO_DIFFERENCE
    return CHANGED if change else CLAIMS[rung]
