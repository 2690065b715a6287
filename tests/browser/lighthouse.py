"""Lighthouse over the demo: `python tests/browser/lighthouse.py LIGHTHOUSE [--desktop]` prints the scores of each page.

LIGHTHOUSE is the folder in which `npm i lighthouse` was run. The exit code is 1 where a page stays below what we want.
Performance is a measurement: on a machine that does something else too it says so, not how fast the page is.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / part) for part in ("", "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayfellow.settings")

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.browser.looks import ARGUMENTS, launch  # noqa: E402
from tests.browser.processes import start_demo  # noqa: E402

WANTED = {"accessibility": 100, "best-practices": 100, "performance": 95}


def pages_of(url: str) -> tuple[dict[str, str], str]:
    """Home, Find and the form of a request as a mentee of the demo sees them, and the cookies to see them with."""
    from tests.browser.people import EVERYBODY, come_in

    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context()
        page = context.new_page()
        home = come_in(page, url, EVERYBODY["mentee"])
        page.goto(f"{home}find/")
        request = page.locator("main a.btn[href*='/mentors/'][href*='/request']").first.get_attribute("href")
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())
        browser.close()
    assert request, "nobody on the first page of Find can be asked"
    return {"home": home, "find": f"{home}find/", "request": url + request}, cookies


def look_at(address: str, *, lighthouse: Path, cookies: str, desktop: bool) -> dict[str, Any]:
    """Lighthouse's report of one page.

    Raises:
        CalledProcessError: it could not look at the page.
    """
    with tempfile.TemporaryDirectory(prefix="wayfellow-lighthouse-") as folder:
        report, headers = Path(folder) / "report.json", Path(folder) / "headers.json"
        headers.write_text(json.dumps({"Cookie": cookies}))
        subprocess.run(
            [
                shutil.which("node") or "node",
                lighthouse / "node_modules/lighthouse/cli/index.js",
                address,
                "--quiet",
                "--output=json",
                f"--output-path={report}",
                f"--extra-headers={headers}",
                f"--only-categories={','.join(WANTED)}",
                f"--chrome-flags={' '.join(['--headless=new', *ARGUMENTS])}",
                *(["--preset=desktop"] if desktop else []),
            ],
            env={**os.environ, "CHROME_PATH": shutil.which("chromium") or "chromium"},
            stdin=subprocess.DEVNULL,
            check=True,
        )
        return json.loads(report.read_text())


def complaints(report: dict[str, Any]) -> list[str]:
    """What takes points away, heaviest first, with up to three places."""
    found = []
    for name in WANTED:
        for ref in report["categories"][name]["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                items = audit.get("details", {}).get("items", [])[:3]
                places = [one["node"]["snippet"] for one in items if isinstance(one.get("node"), dict)]
                words = " ".join([audit["title"], audit.get("displayValue", ""), *places])
                found.append((ref["weight"], f"{name}: {words}"))
    return [words for _weight, words in sorted(found, key=lambda one: -one[0])]


def main(lighthouse: Path, *, desktop: bool) -> int:
    """Start a demo of its own, look at its pages and print what was found."""
    low = False
    with tempfile.TemporaryDirectory(prefix="wayfellow-lighthouse-") as home:
        os.environ["WAYFELLOW_HOME"] = home
        import django

        django.setup()
        demo = start_demo(Path(home))
        try:
            pages, cookies = pages_of(demo.url)
            for name, address in pages.items():
                report = look_at(address, lighthouse=lighthouse, cookies=cookies, desktop=desktop)
                scores = {key: round(100 * report["categories"][key]["score"]) for key in WANTED}
                low |= any(scores[key] < wanted for key, wanted in WANTED.items())
                print(name, *(f"{key} {score}" for key, score in scores.items()), flush=True)
                print(*(f"  {words}" for words in complaints(report)), sep="\n", flush=True)
        finally:
            demo.stop()
    return int(low)


if __name__ == "__main__":
    folders = [argument for argument in sys.argv[1:] if argument != "--desktop"]
    if len(folders) != 1:
        sys.exit(__doc__)
    sys.exit(main(Path(folders[0]), desktop="--desktop" in sys.argv))
