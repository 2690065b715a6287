"""A report as one HTML file that loads nothing."""

from html import escape
from importlib.resources import files

from wayfellow.impact.document import Document, document
from wayfellow.impact.document.model import Section
from wayfellow.impact.document.numbers import Facts
from wayfellow.impact.pages.blocks import block_html, icon
from wayfellow.impact.plan import Plan

NOTHING_LOADED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
SIDE_BY_SIDE = {"says": "grid", "flow": "grid", "figures": "grid wide"}
MARK = (
    '<svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke-width="4" '
    'stroke-linecap="round" stroke-linejoin="round"><path d="M12 6l9 20 9-20" stroke="#f3b530"/>'
    '<path d="M2 6l9 20 9-20" stroke="currentColor"/></svg>'
)


def to_html(report: Facts, plan: Plan) -> str:
    """The report as a page.

    Args:
        report: `Report.to_dict()`.
        plan: the plan it was made with.

    Returns:
        A whole HTML document; the same report and plan give the same text.
    """
    return page(document(report, plan))


def page(shown: Document) -> str:
    """A document as a page."""
    style = files("wayfellow.impact.pages").joinpath("style.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{NOTHING_LOADED}">\n'
        f"<title>{escape(shown.title)} – {escape(shown.question)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to content</a>\n'
        f'<header class="bar"><div class="wrap"><span class="brand">{MARK}<span>Wayfellow</span></span></div>'
        "</header>\n"
        f'<main id="main" tabindex="-1"><div class="wrap body">\n'
        f'<div class="head"><h1>{escape(shown.question)}</h1><p class="lede">{escape(shown.lede)}</p></div>\n'
        f"{_answer(shown)}\n"
        f'<div class="main-side gap-top">{_strength(shown)}<div class="flow-l">'
        f"{''.join(map(_section, shown.sections))}</div></div>\n"
        f'</div></main>\n<footer class="foot"><div class="wrap"><p>{escape(shown.footer)}</p></div></footer>\n'
        "</body>\n</html>\n"
    )


def _answer(shown: Document) -> str:
    facts = "".join(
        f"<div><dt>{escape(fact.term)}</dt><dd>{escape(fact.value)}"
        + (f"<small>{escape(fact.small)}</small>" if fact.small else "")
        + "</dd></div>"
        for fact in shown.facts
    )
    return (
        '<section class="panel answer main-side"><div class="flow-s"><h2>In short</h2>'
        f'<p class="quote">{escape(shown.answer)}</p>'
        f'<p class="seen">{icon("lock")}<span>{escape(shown.footer)}</span></p>'
        f'</div><dl class="facts">{facts}</dl></section>'
    )


def _strength(shown: Document) -> str:
    """The ladder, why, and what is on the page; first in reading order, at the side where there is room."""
    ladder = "".join(
        f"<li{_here(rung.here)}><b>{rung.number}</b><h3>{escape(rung.name)}</h3>"
        f'<span class="small">{"This report. " if rung.here else ""}{escape(rung.text)}</span></li>'
        for rung in shown.rungs
    )
    why = "".join(f'<p class="small">{escape(text)}</p>' for text in shown.why)
    contents = "".join(f'<li><a href="#{one.anchor}">{escape(one.heading)}</a></li>' for one in shown.sections)
    return (
        '<aside class="flow-l" aria-label="How strong this is"><section class="flow"><h2>How strong is this?</h2>'
        f'<ol class="rungs">{ladder}</ol><div class="flow-s">{why}</div>'
        f'<div class="note"><p class="small"><b>To climb:</b> {escape(shown.climb)}</p></div></section>'
        '<nav class="flow-s contents-box" aria-label="In this report"><h2>In this report</h2>'
        f'<ul class="contents small">{contents}</ul></nav></aside>'
    )


def _here(here: bool) -> str:
    return ' aria-current="true"' if here else ""


def _section(section: Section) -> str:
    blocks = "".join(map(block_html, section.blocks))
    if section.anchor in SIDE_BY_SIDE:
        blocks = f'<div class="{SIDE_BY_SIDE[section.anchor]}">{blocks}</div>'
    return f'<section class="flow" id="{section.anchor}"><h2>{escape(section.heading)}</h2>{blocks}</section>'
