"""Charts as SVG. On a page they take their colours from its style sheet; elsewhere from attributes."""

from collections.abc import Mapping
from html import escape

from wayfellow.impact.document.model import Bars, Interval, LovePlot

Ink = Mapping[str, str]
# Every mark by the class it has on a page.
MARKS = ("ax", "zero", "ci", "ci alt", "pt", "pt alt", "was", "hole", "now", "limit", "bar0", "bar1", "halo", "mark")
CLASSES: Ink = {mark: f'class="{mark}"' for mark in MARKS}


def interval_svg(
    row: Interval, *, ink: Ink = CLASSES, size: tuple[float, float] = (100, 24), label: bool = True
) -> str:
    """An estimate and its interval; grey when the interval has room for zero."""
    width, height = size

    def x(value: float) -> str:
        return f"{(value - row.low) / (row.high - row.low) * width:.2f}"

    kind = "" if row.clear else " alt"
    middle = f"{height / 2:g}"
    marks = [
        _path(ink["ax"], f"M0 {height:g}H{width:g}"),
        _path(ink["zero"], f"M{x(0)} 0V{height:g}"),
    ]
    if row.ci:
        marks.append(_path(ink["ci" + kind], f"M{x(row.ci[0])} {middle}H{x(row.ci[1])}"))
    if row.estimate is not None:
        marks.append(_path(ink["pt" + kind], f"M{x(row.estimate)} {middle}h.01"))
    words = f"{row.name}: {row.difference}, interval {row.between}"
    return _svg("".join(marks), size, ink, words if label else None)


def love_svg(plot: LovePlot, *, ink: Ink = CLASSES, size: tuple[float, float] | None = None, label: bool = True) -> str:
    """The rows of a Love plot one below the other: a ring before weighting, a dot after."""
    width, height = size or (100, 32.0 * len(plot.rows))
    most = love_most(plot)
    step = height / len(plot.rows)

    def x(value: float) -> str:
        return f"{min(abs(value) / most, 1) * width:.2f}"

    marks = [_path(ink["zero"], f"M0 0V{height:g}")]
    marks += [_path(ink["limit"], f"M{x(at)} 0V{height:g}") for at in (0.05, 0.25)]
    for place, row in enumerate(plot.rows):
        y = f"{step * (place + 0.5):.1f}"
        marks.append(_path(ink["ax"], f"M0 {y}H{width:g}"))
        if row.before is not None:
            marks += [_path(ink[part], f"M{x(row.before)} {y}h.01") for part in ("was", "hole")]
        if row.after is not None:
            marks.append(_path(ink["now"], f"M{x(row.after)} {y}h.01"))
    return _svg("".join(marks), (width, height), ink, plot.label if label else None)


def love_most(plot: LovePlot) -> float:
    """Right end of a Love plot: at least .3, at most 1 even where a difference is larger."""
    sizes = [abs(value) for row in plot.rows for value in (row.before, row.after) if value is not None]
    return min(1.0, max(0.3, *sizes, 0.3))


def bar_svg(bars: Bars, at: int, *, ink: Ink = CLASSES, size: tuple[float, float] = (100, 16)) -> str:
    """One bar of a chart, hidden from readers: its number stands beside it."""
    width, height = size
    row = bars.rows[at]
    filled = max(0.0, min(1.0, row.share)) * width
    marks = f'<rect {ink["bar0"]} width="{width:g}" height="{height:g}"/>'
    marks += f'<rect {ink["bar1"]} width="{filled:.2f}" height="{height:g}"/>'
    if bars.mark is not None:
        line = f"M{bars.mark * width:.2f} 0V{height:g}"
        marks += _path(ink["halo"], line) + _path(ink["mark"], line)
    return _svg(marks, size, ink, None)


def _path(attributes: str, d: str) -> str:
    return f'<path {attributes} d="{d}"/>'


def _svg(marks: str, size: tuple[float, float], ink: Ink, label: str | None) -> str:
    told = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    width, height = size
    if ink is CLASSES:  # what stands out at the sides is seen there
        box, kind = f"0 0 {width:g} {height:g}", 'class="plot"'
    else:
        box, kind = f"-5 0 {width + 10:g} {height:g}", 'xmlns="http://www.w3.org/2000/svg"'
    box = f'viewBox="{box}" preserveAspectRatio="none"'
    return f"<svg {kind} {box} {told}>{marks}</svg>"
