"""A cell that lists languages: codes or names in English, German, Spanish or the language itself."""

import re

from wayfellow.tables.errors import Reason, reason, shown
from wayfellow.tables.values.language_names import CODE_BY_NAME
from wayfellow.tables.values.remembered import remembered
from wayfellow.tables.words import fold

_SEPARATOR = re.compile(r"\s*[;,|/\n&•·]\s*|\s+(?:and|und|y|e)\s+", re.IGNORECASE)
_LEVEL = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\s[-–—:]\s.*$|:.*$"
    r"|\b(?:[abc][12]\+?|native|fluent|mother tongue|basic|good|business|intermediate|advanced|beginner|conversational"
    r"|muttersprache|flie(?:ß|ss)end|grundkenntnisse|verhandlungssicher|gut|sehr gut"
    r"|nativo|nativa|fluido|básico|medio|avanzado"
    r"|lengua materna)\b",
    re.IGNORECASE,
)
_LEVEL_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LOCALE = re.compile(r"([a-z]{2,3})[-_][a-z]{2,4}(?:[-_][a-z]{2})?", re.IGNORECASE)


@remembered
def parse_languages(text: str) -> tuple[str, ...] | Reason:
    """Read a list of languages, however separated; a level after a language is dropped.

    Returns:
        ISO 639-1 codes in the order written, each once, or the reason naming the language that is not known.
    """
    codes: list[str] = []
    for part in _SEPARATOR.split(_LEVEL_IN_BRACKETS.sub(" ", text)):
        if not part.strip():
            continue
        code = language_code(part)
        if code is None:
            return reason("language_unknown", value=shown(part))
        if code not in codes:
            codes.append(code)
    return tuple(codes)


def language_code(text: str) -> str | None:
    """The ISO 639-1 code of one language, None if it is not known."""
    code = CODE_BY_NAME.get(fold(text))
    if code:
        return code
    locale = _LOCALE.fullmatch(text.strip())
    if locale:
        return CODE_BY_NAME.get(locale.group(1).lower())
    bare = fold(_LEVEL.sub(" ", text))
    return CODE_BY_NAME.get(bare)
