"""Bytes of a page of the demo with its style sheets and scripts, gzipped as a proxy in front does, and as we send them.

The design allows all style sheets of a page 12 kB gzipped. Fonts are loaded once, after the text is there, and stand
in a column of their own, as far as a page asks for them beforehand; “as sent” leaves them out too.

    ./dev bench page_weight http://127.0.0.1:8000     a demo that is running, instead of one of its own
"""

import gzip
import html
import re
import sys
import tempfile
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from tests.browser import processes

from benchmarks.measure import show

MOST_CSS = 12_000
PERSON = "mentee@demo.example"
_SHEET = re.compile(r'<link\b(?=[^>]*rel="stylesheet")[^>]*href="([^"]+)"')
_SCRIPT = re.compile(r'<script\b[^>]*src="([^"]+)"')
_ASK = re.compile(r'href="([^"]+/mentors/\d+/request[^"]*)"')
_FONT = re.compile(r'<link\b(?=[^>]*as="font")[^>]*href="([^"]+)"')


class Reader:
    """Fetches pages as one person, each address once."""

    def __init__(self, at: str) -> None:
        self.at = at
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.kept: dict[str, tuple[bytes, int]] = {}
        self.landed = at

    def get(self, path: str) -> tuple[bytes, int]:
        """What is there, and how many bytes came over the line."""
        if path not in self.kept:
            address = urllib.parse.urljoin(self.at, path)
            request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310
            with self.opener.open(request) as answer:
                sent = answer.read()
                self.landed = answer.geturl()
                packed = answer.headers.get("Content-Encoding") == "gzip"
            self.kept[path] = (gzip.decompress(sent) if packed else sent, len(sent))
        return self.kept[path]

    def sign_in(self, person: str) -> None:
        """Go in by the door of the demo."""
        self.get("/")
        token = next(cookie.value for cookie in self.cookies if "csrf" in cookie.name)
        fields = urllib.parse.urlencode({"as": person, "csrfmiddlewaretoken": token}).encode()
        door = urllib.request.Request(f"{self.at}/demo/door/", fields, headers={"Referer": self.at})  # noqa: S310
        with self.opener.open(door) as answer:
            self.landed = answer.geturl()


def main() -> None:
    if len(sys.argv) > 1:
        rows = _weigh(Reader(sys.argv[1].rstrip("/")))
    else:
        processes.STARTING_TAKES = 600.0
        with tempfile.TemporaryDirectory(prefix="wayfellow-weight-") as folder:
            demo = processes.start_demo(Path(folder))
            try:
                rows = _weigh(Reader(demo.url))
            finally:
                demo.stop()
    headings = [
        "page",
        "HTML",
        "CSS",
        "JS",
        "together",
        "fonts",
        "as sent, without fonts",
        f"CSS of {MOST_CSS:,} allowed",
    ]
    show("Weight of pages, bytes gzipped", headings, rows)


def _weigh(reader: Reader) -> list[list[object]]:
    reader.get("/")
    before = _row(reader, "the demo's doors", "/")
    reader.sign_in(PERSON)
    home = urllib.parse.urlsplit(reader.landed).path
    reader.kept.clear()
    find = f"{home}find/"
    [ask, *_others] = _ASK.findall(reader.get(find)[0].decode())
    pages = {"home": home, "find": find, "request": html.unescape(ask)}
    return [before, *(_row(reader, name, path) for name, path in pages.items())]


def _row(reader: Reader, name: str, path: str) -> list[object]:
    page, sent = reader.get(path)
    words = page.decode()
    sums: list[int] = []
    for pattern in (_SHEET, _SCRIPT, _FONT):
        parts = [reader.get(html.unescape(address)) for address in dict.fromkeys(pattern.findall(words))]
        sums.append(sum(_packed(part) if pattern is not _FONT else len(part) for part, _ in parts))
        sent += sum(size for _, size in parts) if pattern is not _FONT else 0
    css, script, fonts = sums
    within = f"{css / MOST_CSS:.0%}"
    return [name, _packed(page), css, script, _packed(page) + css + script, fonts, sent, within]


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


if __name__ == "__main__":
    main()
