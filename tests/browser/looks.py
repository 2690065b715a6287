"""What a page is looked at for, whoever made it: axe, headings, sideways scroll, focus."""

import shutil
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast", "link-in-text-block"]
OUTLINE = """() => {
  const e = document.activeElement, s = getComputedStyle(e);
  if (e === document.body) return "";
  const seen = (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none";
  return seen ? "" : e.outerHTML.slice(0, 160);
}"""
COVERED = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect();
  if (e === document.body || !r.width || !r.height) return "";
  const at = document.elementFromPoint(
    Math.min(Math.max(r.left + r.width / 2, 0), innerWidth - 1), r.top + Math.min(r.height / 2, 12));
  const seen = r.bottom > 0 && r.top < innerHeight && at && (e.contains(at) || at.contains(e) || at.closest("label")?.control === e);
  return seen ? "" : e.outerHTML.slice(0, 160) + " under " + (at ? at.outerHTML.slice(0, 80) : "the edge");
}"""


def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)


def axe_finds(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe finds on the page, every `<details>` opened; `only` names rules, all of our tags otherwise."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.removeAttribute('name'); one.open = true; })")
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe_source())
    run_only: dict[str, Any] = {"type": "rule", "values": only} if only else {"type": "tag", "values": AXE_TAGS}
    found = page.evaluate(
        "(runOnly) => axe.run(document, {runOnly, resultTypes: ['violations']}).then((all) => all.violations.map("
        "(one) => one.id + ': ' + one.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | ')))",
        run_only,
    )
    return list(found)


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than the window, with everything on it opened."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def without_outline(page: Page, *, stops: int) -> list[str]:
    """The first tab stops at which nothing shows where one is."""
    page.evaluate("document.activeElement.blur()")
    found = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        found.append(page.evaluate(OUTLINE))
    return [one for one in found if one]


def covered_stops(page: Page, *, stops: int) -> list[str]:
    """Tab stops that are out of sight or under something else, such as the bar of a phone."""
    found = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        found.append(page.evaluate(COVERED))
    return [one for one in found if one]


def _axe_source() -> str:
    from importlib.resources import files

    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
