"""Following the links of a page as a person could, and what a view says of itself."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
# Rows are alike: from each page so many of each view are opened, so many in all, and so many ways of looking at one.
ROWS_OF_A_PAGE, ROWS, WAYS = 3, 12, 8


class _Page(HTMLParser):
    """Links that are followed, and forms of which only the address is noted: they would change something."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.offers: list[str] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and values.get("href") and "download" not in values:
            self.links.append(values["href"])
        if tag == "form" and values.get("method", "get").lower() == "get" and values.get("action"):
            self.links.append(values["action"])
        self.offers += [values[name] for name in ("action", "formaction", "hx-get", "src") if values.get(name)]
        self.headings += tag == "h1"


@dataclass
class Crawl:
    """What somebody found by following links from their home.

    Attributes:
        names: URL name to one address that was opened, or that a form leads to.
        faults: what was wrong, with the address and the page that led to it.
    """

    names: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    pages: int = 0


def crawl(client: Client, *starts: str, most_queries: int) -> Crawl:
    """Open the starts and everything that is linked from there, by GET."""
    found = Crawl()
    queue: deque[tuple[str, str]] = deque((start, "") for start in starts)
    seen, opened = set(starts), Counter[Any]()
    while queue:
        address, came_from = queue.popleft()
        name = _name_of(address)
        rows, ways = (name,), (name, urlsplit(address).path)
        from_page = (name, "from", came_from)
        if name is None:
            found.faults.append(f"{address} leads nowhere (from {came_from})")
            continue
        is_new = ways not in opened
        if is_new and opened[from_page] >= ROWS_OF_A_PAGE:
            seen.discard(address)  # another page may lead there as well
            continue
        if (is_new and opened[rows] >= ROWS) or opened[ways] >= WAYS:
            continue
        opened[rows] += is_new
        opened[from_page] += is_new
        opened[ways] += 1
        for link in _open(client, address, came_from, name, found, most_queries=most_queries):
            if link not in seen:
                seen.add(link)
                queue.append((link, address))
    return found


def _open(client: Client, address: str, came_from: str, name: str, found: Crawl, *, most_queries: int) -> Iterator[str]:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    found.pages += 1
    if answer.status_code in (301, 302):
        yield from _on_site(address, [answer["Location"]])
        return
    if answer.status_code != 200:
        found.faults.append(f"{address} answers {answer.status_code} (from {came_from})")
        return
    found.names.setdefault(name, address)
    if len(queries) > most_queries:
        found.faults.append(f"{address} asks the database {len(queries)} times")
    if not answer.get("Content-Type", "").startswith("text/html"):
        return
    page = _Page()
    page.feed(answer.content.decode())
    if page.headings != 1:
        found.faults.append(f"{address} has {page.headings} first headings")
    for offered in _on_site(address, page.offers):
        found.names.setdefault(str(_name_of(offered)), offered)
    yield from _on_site(address, page.links)


def _on_site(address: str, links: list[str]) -> Iterator[str]:
    for link in links:
        parts = urlsplit(urldefrag(urljoin(f"http://testserver{address}", link)).url)
        if parts.scheme in ("http", "https") and parts.netloc == "testserver":
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _name_of(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).url_name
    except Resolver404:
        return None


def takes_get(view: Any) -> bool:
    """Whether a view answers GET: what its `require_http_methods` says, or yes."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            held = cell.cell_contents
            if isinstance(held, list | tuple) and held and set(map(str, held)) <= METHODS:
                return "GET" in held
        view = getattr(view, "__wrapped__", None)
    return True
