"""Pictures of the demo: `python tests/browser/shots.py OUT` writes OUT/<person>/<page>-<width>-<scheme>.png."""

import os
import re
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / part) for part in ("", "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayfellow.settings")

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests.browser.looks import launch  # noqa: E402
from tests.browser.processes import start_demo  # noqa: E402

WIDTHS = {1280: 800, 390: 844}
SCHEMES = ("light", "dark")
SIGNED_OUT = {
    "front": "/",
    "sign_in": "/sign-in/",
    "landing": "/o/larkmoor/welcome/",
    "ask_to_join": "/o/larkmoor/join/",
}


def photograph(page: Page, address: str, name: str, folder: Path) -> None:
    """Both widths, both schemes, the whole height."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)


def main(out: Path) -> None:
    """Start a demo of its own, visit it as everybody, and write the pictures."""
    with tempfile.TemporaryDirectory(prefix="wayfellow-shots-") as home:
        os.environ["WAYFELLOW_HOME"] = home
        import django

        django.setup()
        demo = start_demo(Path(home))
        try:
            with sync_playwright() as playwright:
                browser = launch(playwright)
                _visit_everybody(browser, demo.url, out)
                browser.close()
        finally:
            demo.stop()


def _visit_everybody(browser, url: str, out: Path) -> None:
    from tests.browser.people import EVERYBODY, come_in
    from tests.browser.tours import tour

    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    for name, path in SIGNED_OUT.items():
        photograph(page, url + path, name, out / "signed-out")
    context.close()
    for who, email in EVERYBODY.items():
        context = browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        home = come_in(page, url, email)
        for (name, view), address in tour(context, home).pages.items():
            photograph(page, address, "-".join(filter(None, [name, re.sub(r"\W+", "-", view)])), out / who)
        print(f"{who}: {len(list((out / who).glob('*.png')))} pictures", flush=True)
        context.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
