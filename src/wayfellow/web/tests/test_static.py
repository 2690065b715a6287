import gzip
import re
from pathlib import Path

import wayfellow
from wayfellow.web.icons import ICONS

PACKAGE = Path(wayfellow.__file__).parent
STATIC = PACKAGE / "web" / "static" / "wayfellow"


def test_all_style_sheets_together_are_small():
    sheets = b"".join(sheet.read_bytes() for sheet in sorted(STATIC.glob("*.css")))
    assert len(gzip.compress(sheets)) < 12_000


def test_own_script_is_small_and_htmx_is_the_pinned_one():
    assert len((STATIC / "wayfellow.js").read_text().splitlines()) <= 60
    assert 'version:"2.0.11"' in (STATIC / "vendor" / "htmx.min.js").read_text()


def test_style_sheets_fetch_nothing_from_elsewhere():
    for sheet in STATIC.glob("*.css"):
        for address in re.findall(r"url\(([^)]*)\)", sheet.read_text()):
            assert (STATIC / address.strip("\"'")).is_file()


def test_every_icon_that_a_template_names_is_there():
    named = {
        (template.name, name)
        for template in PACKAGE.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([^"]+)"', template.read_text())
    }
    assert named
    assert {name for _template, name in named} <= set(ICONS)


def test_licences_stand_beside_what_is_not_ours():
    for path in ("fonts/OFL-literata.txt", "fonts/OFL-source-sans-3.txt", "vendor/htmx-LICENSE.txt"):
        assert (STATIC / path).read_text().strip()
    assert "ISC License" in (PACKAGE / "web" / "icons-LICENSE.txt").read_text()
