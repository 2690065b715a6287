"""Each part of a document as HTML. Every text is escaped here."""

from html import escape

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
from wayfellow.impact.pages.drawing import bar_svg, interval_svg, love_most, love_svg

LONG_WORD = 16
# Lucide (ISC).
ICONS = {
    "good": '<circle cx="12" cy="12" r="10"/><path d="m16 9-5.5 5.5L8 12"/>',
    "warn": '<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/>'
    '<path d="M12 9v4"/><path d="M12 17h.01"/>',
    "stop": '<circle cx="12" cy="12" r="10"/><path d="m15 9-6 6"/><path d="m9 9 6 6"/>',
    "info": '<circle cx="12" cy="12" r="10"/><path d="M12 16v-4"/><path d="M12 8h.01"/>',
    "none": '<circle cx="12" cy="12" r="10" stroke-dasharray="4 4"/>',
    "check": '<path d="M20 6 9 17l-5-5"/>',
    "lock": '<rect width="18" height="11" x="3" y="11" rx="2"/><path d="M7 11V7a5 5 0 0 1 10 0v4"/>',
}


def icon(name: str) -> str:
    """An icon; always beside a word."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{ICONS[name]}</svg>'


def block_html(block: Block) -> str:
    """One part of a document."""
    match block:
        case Paragraph():
            return f"<p>{escape(block.text)}</p>"
        case Bullets():
            return _bullets(block)
        case Table():
            return _table(block)
        case Intervals():
            return _intervals(block)
        case LovePlot():
            return _love(block)
        case Bars():
            return _bars(block)
        case Code():
            how = f'class="code" role="region" aria-label="{escape(block.label)}"'
            return f"<pre {how}>{escape(block.text)}</pre>"


def _bullets(block: Bullets) -> str:
    kind, sign = ("", "check") if block.tone == "good" else (' class="but"', "info")
    items = "".join(f"<li{kind}>{icon(sign)}<span>{escape(text)}</span></li>" for text in block.items)
    return f'<div class="flow-s"><h3>{escape(block.heading)}</h3><ul class="ticks">{items}</ul></div>'


def _table(block: Table) -> str:
    """Two columns fit any width; more become cards where there is little room."""
    stack = len(block.columns) > 2
    heads = "".join(
        f'<th scope="col" role="columnheader"{_end(number)}>{escape(name)}</th>'
        for name, number in zip(block.columns, block.numeric, strict=True)
    )
    body = []
    for row in block.rows:
        first = f'<th scope="row" role="rowheader"><span{_any(row[0])}>{escape(row[0])}</span></th>'
        cells = "".join(
            f'<td role="cell" data-l="{escape(name)}"{_end(number)}><span{_any(cell)}>{escape(cell)}</span></td>'
            for cell, name, number in zip(row[1:], block.columns[1:], block.numeric[1:], strict=True)
        )
        body.append(f'<tr role="row">{first}{cells}</tr>')
    long = " long" if len(body) > 12 else ""
    return (
        f'<div class="panel table-box{long}"><table role="table" class="table{" stack" if stack else ""}">'
        f'<caption>{escape(block.caption)}</caption><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table></div>'
    )


def _any(text: str) -> str:
    """Leave to break anywhere what holds a word that no column has room for."""
    return ' class="any"' if max(map(len, text.split()), default=0) > LONG_WORD else ""


def _end(number: bool) -> str:
    return ' class="end"' if number else ""


def _intervals(block: Intervals) -> str:
    heads = ("Outcome", block.arm1, block.arm0, "Difference", "", "Reading")
    names = "".join(f'<th role="columnheader" scope="col">{escape(name) or PLOT}</th>' for name in heads)
    rows = "".join(_interval(block, row) for row in block.rows)
    return (
        f'<div class="panel table-box"><table role="table" class="table stack mid"><caption class="sr">'
        f'{escape(block.caption)}</caption><thead role="rowgroup"><tr role="row">{names}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


PLOT = '<span class="sr">Interval plot</span>'


def _interval(block: Intervals, row: Interval) -> str:
    ends = f"<span>{escape(row.low_text)}</span><span>{escape(row.high_text)}</span>"
    return (
        f'<tr role="row"><th role="rowheader" scope="row"><span{_any(row.name)}>{escape(row.name)}</span></th>'
        f'<td role="cell" data-l="{escape(block.arm1)}"><span>{escape(row.arm1)}</span></td>'
        f'<td role="cell" data-l="{escape(block.arm0)}"><span>{escape(row.arm0)}</span></td>'
        f'<td role="cell" data-l="Difference"><span class="nb"><b>{escape(row.difference)}</b><br>'
        f'<span class="small muted">{escape(row.between)}</span></span></td>'
        f'<td role="cell" class="plotcell">{interval_svg(row)}<span class="axis" aria-hidden="true">{ends}</span></td>'
        f'<td role="cell" data-l="Reading"><span class="status {row.tone}">{icon(row.tone)}'
        f"<span>{escape(row.reading)}</span></span></td></tr>"
    )


def _love(block: LovePlot) -> str:
    names = "".join(f"<li>{escape(row.name)}</li>" for row in block.rows)
    most = love_most(block)
    return (
        f'<figure class="panel"><div class="love"><ul class="love-names" aria-hidden="true">{names}</ul>'
        f'<div class="love-plot">{love_svg(block)}</div>'
        f'<p class="axis" aria-hidden="true"><span>0</span><span>{most:.2f}</span></p></div>'
        f'<p class="key" aria-hidden="true"><span>{_sign("was", "hole")}Before weighting</span>'
        f"<span>{_sign('now')}After</span><span>Thin lines: 0.05 and 0.25</span></p></figure>"
    )


def _sign(*marks: str) -> str:
    dots = "".join(f'<path class="{mark}" d="M5 5h.01"/>' for mark in marks)
    return f'<svg class="plot" viewBox="0 0 10 10" aria-hidden="true">{dots}</svg>'


def _bars(block: Bars) -> str:
    rows = "".join(
        f"<li><span>{escape(row.name)}</span>{bar_svg(block, at)}<b>{escape(row.text)}</b></li>"
        for at, row in enumerate(block.rows)
    )
    return (
        f'<figure class="panel" role="group" aria-label="{escape(block.label)}"><ul class="bars">{rows}</ul></figure>'
    )
