"""Cells of a mentoring sheet: each parser returns the value, or the reason why the cell cannot be used."""

import re

from wayfellow.matching.people_files.messages import reason
from wayfellow.matching.people_files.vocabulary import WORDS
from wayfellow.matching.problem import LARGEST_COUNT
from wayfellow.tables.errors import Reason, shown
from wayfellow.tables.values.remembered import remembered
from wayfellow.tables.words import fold

MAX_PHRASE = 300
_MENTOR, _MENTEE, _BOTH = WORDS["mentor"], WORDS["mentee"], WORDS["both"]
_BEING, _WANTING, _HAVING = WORDS["being in a role"], WORDS["wanting a role"], WORDS["having somebody"]
_AROUND = WORDS["around a role"] | _BEING | _WANTING | _HAVING
_ACCENTED_MENTEE = re.compile(r"mentor(?:é|é)(?:e|s|es|·e|\(e\))?", re.IGNORECASE)
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
_LEVEL = re.compile(r"(?P<skill>.*?\S)\s*(?:\((?P<a>[^()]*)\)|\[(?P<b>[^\[\]]*)\]|:\s*(?P<c>[^:]*))")
_LEVEL_NUMBER = re.compile(
    r"(?:level|lvl|l|stufe|niveau|nivel|nível)?\s*(-?\d+(?:[.,]\d+)?)\s*(?:(?:/|of|von|de)\s*5)?", re.I
)
_LEVELS = {word: level for level in range(1, 6) for word in WORDS[f"level {level}"]}


@remembered
def parse_role(text: str) -> frozenset[str] | Reason:
    """The sides of a person: "mentee", "mentor" or both, in several languages.

    Who wants a mentor is a mentee; who wants to be one is a mentor.
    """
    accented = _ACCENTED_MENTEE.subn("mentee", text)
    words = fold(accented[0]).split()
    mentor, mentee = (any(word in side for word in words) for side in (_MENTOR, _MENTEE))
    known = all(word in _MENTOR or word in _MENTEE or word in _BOTH or word in _AROUND for word in words)
    if not known:
        return reason("role_unknown", value=shown(text))
    if any(word in _BOTH for word in words) or (mentor and mentee):
        return frozenset(("mentee", "mentor"))
    being, having = (any(word in kind for word in words) for kind in (_BEING, _HAVING))
    if (mentor or mentee) and not (being and having):
        turned = having or (not being and any(word in _WANTING for word in words))
        return frozenset(("mentor" if mentor != turned else "mentee",))
    return reason("role_unknown", value=shown(text))


def looks_like_role(text: str) -> bool:
    """Whether a cell is a role."""
    return not isinstance(parse_role(text), Reason)


@remembered
def parse_count(text: str) -> int | Reason:
    """A number of people: a whole number of 0 or more."""
    found = _WHOLE.fullmatch(text)
    if not found or not text.isascii():
        return reason("number_unreadable", value=shown(text))
    number = int(found.group(1)[:20])
    if number > LARGEST_COUNT:
        return reason("number_too_large", value=shown(text), limit=f"{LARGEST_COUNT:,}")
    return number


def looks_like_count(text: str) -> bool:
    """Whether a cell is a number of people."""
    return not isinstance(parse_count(text), Reason)


@remembered
def parse_yes_no(text: str) -> bool | Reason:
    """Yes or no."""
    word = fold(text) or text.strip()
    if word in WORDS["yes"] or word in WORDS["no"]:
        return word in WORDS["yes"]
    return reason("yes_no_unknown", value=shown(text))


def looks_like_yes_no(text: str) -> bool:
    """Whether a cell is a yes or no."""
    return not isinstance(parse_yes_no(text), Reason)


def split_list(text: str) -> list[str]:
    """The parts of a list: separated by `;`, `,`, `|` or line breaks, but not inside brackets."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        if letter in "([":
            depth += 1
        elif letter in ")]":
            depth = max(0, depth - 1)
        elif letter in ";,|\n" and (not depth or letter == "\n"):
            parts.append(text[start:at])
            depth, start = 0, at + 1
    parts.append(text[start:])
    return [" ".join(part.strip(" \t•·*").split()) for part in parts if part.strip(" \t•·*")]


def parse_phrases(text: str) -> tuple[str, ...] | Reason:
    """A list of goals, topics or the like, each once, in the order written."""
    phrases = dict.fromkeys(split_list(text))
    longest = max(map(len, phrases), default=0)
    if longest > MAX_PHRASE:
        return reason("text_too_long", length=f"{longest:,}", limit=MAX_PHRASE)
    return tuple(phrases)


def parse_skills(text: str) -> dict[str, int | None] | Reason:
    """A list of skills, each with the level that stands after it in brackets or behind a colon, if one does."""
    skills: dict[str, int | None] = {}
    for part in split_list(text):
        if len(part) > MAX_PHRASE:
            return reason("text_too_long", length=f"{len(part):,}", limit=MAX_PHRASE)
        read = _skill(part)
        if isinstance(read, Reason):
            return read
        skill, level = read
        skills[skill] = max(filter(None, (skills.get(skill), level)), default=None)
    return skills


@remembered
def _skill(part: str) -> tuple[str, int | None] | Reason:
    found = _LEVEL.fullmatch(part)
    if not found:
        return part, None
    said = next(text for text in found.group("a", "b", "c") if text is not None).strip()
    number = _LEVEL_NUMBER.fullmatch(said)
    if number:
        level = number.group(1).replace(",", ".").removesuffix(".0")
        if level not in ("1", "2", "3", "4", "5"):
            return reason("level_unknown", value=shown(part))
        return found.group("skill"), int(level)
    if fold(said) in _LEVELS:
        return found.group("skill"), _LEVELS[fold(said)]
    return part, None
