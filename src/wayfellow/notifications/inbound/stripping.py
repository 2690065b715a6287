"""What somebody wrote in an answer, without what they answered to and without their signature."""

import re
from html.parser import HTMLParser

MARK = "——— Please write above this line ———"
_MARK = re.compile(r"^[\s>]*—+ .{3,60} —+\s*$")
_WROTE = re.compile(
    r"^(On|Am|Le|El|Il|Em|Op|Den|Dnia|W dniu)\b.{5,200}\b"
    r"(wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał(\(a\))?)\b.{0,80}:\s*$",
    re.IGNORECASE | re.DOTALL,
)
_ORIGINAL = re.compile(
    r"^\s*(-{2,}\s*(Original Message|Ursprüngliche Nachricht|Message d'origine|Forwarded message|Mensaje original)"
    r"\s*-{2,}|_{10,})\s*$",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\s*\*?(From|Von|De|Da)\s?:\*?\s.+", re.IGNORECASE)
_NEXT_HEADER = re.compile(r"^\s*\*?(Sent|Gesendet|Date|Datum|Envoyé|To|An|Enviado)\s?:", re.IGNORECASE)
_SENT_FROM = re.compile(r"^(Sent from my|Von meinem .{2,30} gesendet|Get Outlook for|Envoyé de mon)\b", re.IGNORECASE)
_MOST_LINES_OF_WROTE = 3


def stripped(text: str) -> str:
    """The lines somebody wrote themselves. Quoted lines in between that they answered one by one stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").split("\n")
    kept = lines[: _end_of_own(lines)]
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith(">")):
        kept.pop()
    return "\n".join(line.rstrip() for line in kept).strip()


def _end_of_own(lines: list[str]) -> int:
    for at, line in enumerate(lines):
        if line in ("--", "-- ") or _ORIGINAL.match(line) or _SENT_FROM.match(line.strip()):
            return at
        if MARK in line or (_MARK.match(line) and at):
            return _before_introduction(lines, at)
        if _HEADER.match(line) and any(_NEXT_HEADER.match(after) for after in lines[at + 1 : at + 4]):
            return at
        if _introduces(lines, at):
            return at
    return len(lines)


def _introduces(lines: list[str], at: int) -> bool:
    """Whether "On Tuesday, Inês wrote:" begins here, over as many lines as mail programs break it into."""
    for size in range(1, _MOST_LINES_OF_WROTE + 1):
        words = " ".join(line.strip() for line in lines[at : at + size])
        if _WROTE.match(words):
            rest = [line for line in lines[at + size :] if line.strip()]
            return not rest or rest[0].lstrip().startswith(">") or all(not line.startswith(">") for line in rest)
    return False


def _before_introduction(lines: list[str], at: int) -> int:
    """The mark stands in the quoted mail; what introduces the quotation stands before it and goes too."""
    while at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith(">")):
        at -= 1
    if at and lines[at - 1].rstrip().endswith(":"):
        at -= 1
    return at


class _Text(HTMLParser):
    """The words of an HTML mail, without quotations, scripts and styles."""

    LEFT_OUT = {"blockquote", "script", "style", "head", "title"}
    BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "ul", "ol", "table"}
    VOID = {"br", "img", "hr", "meta", "link", "input", "area", "base", "col", "embed", "source", "track", "wbr"}
    QUOTES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "OutlookMessageHeader")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.depth = 0  # inside how many elements that are left out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = " ".join(value or "" for name, value in attrs if name in ("class", "id"))
        if tag not in self.VOID and (
            self.depth or tag in self.LEFT_OUT or any(quote in named for quote in self.QUOTES)
        ):
            self.depth += 1
        elif tag in self.BREAKS and not self.depth:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in self.VOID:
            self.depth -= 1
        elif tag in self.BREAKS and tag not in self.VOID and not self.depth:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of_html(html: str) -> str:
    """The words of an HTML mail that its writer did not quote."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    text = "\n".join(line.strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
