"""Numbers as people read them. JSON keeps all digits; only sentences round."""

from wayfellow.impact.plan import Outcome


def level_words(level: float) -> str:
    """“95 %”."""
    return f"{100 * level:.4g} %"


def amount(value: float, outcome: Outcome, *, signed: bool = False, unit: bool = True) -> str:
    """A difference, in percentage points for a share, in the unit of the horizon for a mean time."""
    share = outcome.kind == "binary" or (outcome.is_timed and outcome.measure == "cumulative-incidence")
    if share:
        return _rounded(100 * value, signed=signed) + (" percentage points" if unit else "")
    if outcome.is_timed and outcome.measure == "rmst":
        return _rounded(value, signed=signed) + (f" {outcome.unit}" if unit else "")
    return _rounded(value, signed=signed)


def _rounded(value: float, *, signed: bool) -> str:
    """Three significant digits, no exponent where a person can do without."""
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 1e12 or size < 1e-6:
        text = f"{value:+.2e}" if signed else f"{value:.2e}"
    elif size >= 1000:
        text = f"{value:+,.0f}" if signed else f"{value:,.0f}"
    else:
        text = f"{value:+.3g}" if signed else f"{value:.3g}"
        if "e" in text:
            text = f"{value:+.0f}" if signed else f"{value:.0f}"
    return text.replace("-", "−")
