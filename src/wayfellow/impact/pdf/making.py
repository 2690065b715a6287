"""A report as a tagged PDF, set by typst."""

import json
from importlib.resources import files
from typing import Any

from wayfellow.impact.document import Document, document
from wayfellow.impact.document.model import (
    Bars,
    Block,
    Bullets,
    Code,
    Interval,
    Intervals,
    LovePlot,
    Paragraph,
    Table,
)
from wayfellow.impact.document.numbers import Facts
from wayfellow.impact.pages.drawing import bar_svg, interval_svg, love_most, love_svg
from wayfellow.impact.plan import Plan

ROUND = 'stroke-linecap="round"'
INK = {
    "ax": 'stroke="#d3dbd2" stroke-width="0.5"',
    "zero": 'stroke="#4a6059" stroke-width="0.8" stroke-dasharray="2 2"',
    "limit": 'stroke="#71857c" stroke-width="0.5"',
    "ci": 'stroke="#85ada4" stroke-width="3"',
    "ci alt": 'stroke="#a4b0ac" stroke-width="3"',
    "pt": f'stroke="#0a5c4a" stroke-width="7" {ROUND}',
    "pt alt": f'stroke="#4a6059" stroke-width="7" {ROUND}',
    "was": f'stroke="#4a6059" stroke-width="7" {ROUND}',
    "hole": f'stroke="#ffffff" stroke-width="4.5" {ROUND}',
    "now": f'stroke="#0a5c4a" stroke-width="7" {ROUND}',
    "bar0": 'fill="#e9eee7"',
    "bar1": 'fill="#0a5c4a"',
    "halo": 'stroke="#ffffff" stroke-width="4"',
    "mark": 'stroke="#14302b" stroke-width="1.5"',
}
STEP = 15.0  # points from one row of a Love plot to the next
LONG_CELL = 24


def to_pdf(report: Facts, plan: Plan) -> bytes:
    """The report as a PDF that is tagged, has a title, a language, headers of tables and words for its charts.

    Args:
        report: `Report.to_dict()`.
        plan: the plan it was made with.

    Returns:
        The file; the same report and plan give the same bytes on one version of typst, for it holds no clock and only
        the fonts that typst brings.
    """
    return set_pdf(document(report, plan))


def set_pdf(shown: Document) -> bytes:
    """A document as a PDF."""
    import typst

    template = files("wayfellow.impact.pdf").joinpath("report.typ").read_bytes()
    return typst.compile(
        template,
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_facts(shown))},
    )


def _facts(shown: Document) -> dict[str, Any]:
    facts = {name: getattr(shown, name) for name in ("title", "question", "lede", "answer", "climb", "footer", "why")}
    facts["facts"] = [vars(fact) for fact in shown.facts]
    facts["rungs"] = [vars(rung) | {"number": str(rung.number)} for rung in shown.rungs]
    facts["sections"] = [
        {"heading": section.heading, "parts": [_part(block) for block in section.blocks]} for section in shown.sections
    ]
    return facts


def _part(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": block.text}
        case Bullets():
            return {"kind": "bullets", "heading": block.heading, "items": block.items}
        case Table():
            return {"kind": "table", **vars(block), "long": _long(block)}
        case Intervals():
            heads = ("Outcome", block.arm1, block.arm0, "Difference", "Interval plot", "Reading")
            return {"kind": "intervals", "caption": block.caption, "heads": heads, "rows": [*map(_row, block.rows)]}
        case LovePlot():
            names = [row.name for row in block.rows]
            svg = love_svg(block, ink=INK, size=(280, STEP * len(names)), label=False)
            return {"kind": "love", "names": names, "svg": svg, "alt": block.label, "most": f"{love_most(block):.2f}"}
        case Bars():
            rows = [
                {"name": row.name, "text": row.text, "alt": f"{row.name}: {row.text}"}
                | {"svg": bar_svg(block, at, ink=INK, size=(250, 8.5))}
                for at, row in enumerate(block.rows)
            ]
            return {"kind": "bars", "label": block.label, "rows": rows}
        case Code():
            return {"kind": "code", "text": block.text}


def _row(row: Interval) -> dict[str, str]:
    return {
        "name": row.name,
        "arm1": row.arm1,
        "arm0": row.arm0,
        "difference": row.difference,
        "between": row.between,
        "svg": interval_svg(row, ink=INK, size=(130, 14), label=False),
        "alt": f"{row.name}: {row.difference}, interval {row.between}",
        "low": row.low_text,
        "high": row.high_text,
        "reading": row.reading,
    }


def _long(table: Table) -> list[bool]:
    """Which columns take the room that is left; the first one where none holds much."""
    longest = [max((len(row[at]) for row in table.rows), default=0) for at in range(len(table.columns))]
    long = [most > LONG_CELL for most in longest]
    return long if any(long) else [True, *long[1:]]
