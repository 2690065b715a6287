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
# Every stop of the Tab key, one after another. A script may move the focus on with its ring shown, once a key has.
STOPS = """() => {
  const found = [];
  const all = document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
  for (const one of all) {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true})) continue;
    one.focus();
    if (document.activeElement !== one) continue;
    const named = one.outerHTML.slice(0, 140);
    const style = getComputedStyle(one);
    const ringed = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    if (!ringed) found.push("no ring: " + named);
    const box = one.getClientRects()[0];
    if (!box || !box.width || !box.height) continue;
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 0), innerWidth - 1);
    const at = document.elementFromPoint(x, Math.max(box.top, 0) + Math.min(box.height / 2, 12));
    const seen = at && (one.contains(at) || at.contains(one) || (at.closest("label") || {}).control === one);
    if (!seen) found.push("hidden: " + named + " under " + (at ? at.outerHTML.slice(0, 80) : "the edge"));
  }
  return found;
}"""


def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)


def axe_finds(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe finds on the page as it stands; `only` names rules, all of our tags otherwise."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe_source())
    run_only: dict[str, Any] = {"type": "rule", "values": only} if only else {"type": "tag", "values": AXE_TAGS}
    found = page.evaluate(
        """(runOnly) => axe.run(document, {runOnly, resultTypes: ["violations"]}).then((all) => all.violations.map(
          (one) => one.id + ": " + one.nodes.slice(0, 3).map((found) => found.html.slice(0, 200) + found.failureSummary)
        ))""",
        run_only,
    )
    return list(found)


def open_everything(page: Page) -> None:
    """Open every part of the page that can be folded, answer cards too."""
    page.evaluate(
        "for (const one of document.querySelectorAll('details')) { one.removeAttribute('name'); one.open = 1 }"
    )


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than the window, with everything on it opened."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def bad_stops(page: Page) -> list[str]:
    """Stops of the Tab key without a ring around them, or hidden under something such as the bar of a phone."""
    page.keyboard.press("Tab")
    return list(page.evaluate(STOPS))


def _axe_source() -> str:
    from importlib.resources import files

    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
