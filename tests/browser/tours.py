"""What a person of the demo reaches by links from their home, found over plain HTTP as their browser would ask."""

from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext

DEAD_ENDS = {"outbox_mail"}  # a mail's links are for whom it was written to
VIEWS_OF_ONE_PAGE = ("tab", "show", "result")  # parameters that make another page of the same address


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


@dataclass
class Tour:
    """One address for every kind of page that is linked.

    Attributes:
        pages: (URL name, which view of it) to address.
        faults: links that lead nowhere, or to an answer that is not 200.
    """

    pages: dict[tuple[str, str], str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def tour(context: BrowserContext, start: str) -> Tour:
    """Follow links from the start, one instance of each kind."""
    base = "{0.scheme}://{0.netloc}".format(urlsplit(start))
    found, seen = Tour(), set()
    queue = deque([(start, "the start")])
    while queue:
        address, came_from = queue.popleft()
        kind = kind_of(address)
        if kind is None:
            found.faults.append(f"{address} leads nowhere, from {came_from}")
            continue
        if kind in seen:
            continue
        seen.add(kind)
        answer = context.request.get(address)
        if answer.status != 200:
            found.faults.append(f"{address} answers {answer.status}, from {came_from}")
            continue
        if not answer.headers.get("content-type", "").startswith("text/html") or not is_there(answer.url, base):
            continue
        found.pages.setdefault(kind_of(answer.url) or kind, answer.url)
        links = _Links()
        links.feed("" if kind[0] in DEAD_ENDS else answer.text())
        for link in links.found:
            linked = urldefrag(urljoin(answer.url, link)).url
            if is_there(linked, base):
                queue.append((linked, address))
    return found


def is_there(address: str, base: str) -> bool:
    """Whether an address is one of this site."""
    return address == base or address.startswith(f"{base}/")


def kind_of(address: str) -> tuple[str, str] | None:
    """Name of the view, and which tab of it; None when no view has this address."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path or "/").url_name
    except Resolver404:
        return None
    chosen = parse_qs(parts.query)
    views = [f"{key}={chosen[key][0]}" for key in VIEWS_OF_ONE_PAGE if key in chosen]
    return name, "&".join(views)
