"""Bringing together what two people wrote at the same time, line by line, so that nobody's line is lost.

Both began with the same text. Where only one of them changed lines, that change stands. Where both added lines at the
same place, both stand. Where both changed the same lines, it is a conflict: theirs stand in the text, and mine are kept
beside it until somebody says which stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Lines = Sequence[str]
Region = tuple[int, int, int, int, int, int]


@dataclass(frozen=True)
class Clash:
    """Lines that both changed. `at` is the number of the first of `theirs` in the merged text."""

    at: int
    base: tuple[str, ...]
    theirs: tuple[str, ...]
    mine: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """The text after both, and where they changed the same lines."""

    lines: tuple[str, ...]
    clashes: tuple[Clash, ...]

    @property
    def text(self) -> str:
        return from_lines(self.lines)


def to_lines(text: str) -> list[str]:
    """A text as lines, whatever ends them. An empty text has none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n") if text else []


def from_lines(lines: Lines) -> str:
    """Lines as a text."""
    return "\n".join(lines)


def merge(base: Lines, theirs: Lines, mine: Lines) -> Merged:
    """Theirs and mine, which both come from base, as one text.

    Each line that one of the two wrote is in the merged lines or in a clash. A line of the base that one of the two
    took out, and the other left alone, is out.
    """
    lines: list[str] = []
    clashes: list[Clash] = []
    at_base = at_theirs = at_mine = 0
    for base_from, base_to, theirs_from, theirs_to, mine_from, mine_to in _common(base, theirs, mine):
        before = tuple(base[at_base:base_from])
        their = tuple(theirs[at_theirs:theirs_from])
        my = tuple(mine[at_mine:mine_from])
        if my in (before, their):
            lines += their
        elif their == before:
            lines += my
        elif not before:
            lines += [*their, *my]
        else:
            clashes.append(Clash(at=len(lines), base=before, theirs=their, mine=my))
            lines += their
        lines += base[base_from:base_to]
        at_base, at_theirs, at_mine = base_to, theirs_to, mine_to
    return Merged(tuple(lines), tuple(clashes))


def join(base: Lines, theirs: Lines, mine: Lines) -> tuple[str, ...]:
    """As `merge`, with both sides of each clash one after the other: for when nobody is there to choose."""
    merged = merge(base, theirs, mine)
    lines = list(merged.lines)
    for clash in reversed(merged.clashes):
        after = clash.at + len(clash.theirs)
        lines[after:after] = clash.mine
    return tuple(lines)


def both(one: Lines, other: Lines) -> tuple[str, ...]:
    """Two texts of which it is not known what they began as: what they share once, and then what each has besides."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    shared = [line for block in blocks for line in one[block.a : block.a + block.size]]
    return join(shared, one, other)


def _common(base: Lines, theirs: Lines, mine: Lines) -> list[Region]:
    """Runs of the base that both kept, with where they stand in each; at last an empty one after the end."""
    a_blocks = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    b_blocks = SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks()
    found: list[Region] = []
    a = b = 0
    while a < len(a_blocks) and b < len(b_blocks):
        a_base, a_at, a_size = a_blocks[a]
        b_base, b_at, b_size = b_blocks[b]
        start, end = max(a_base, b_base), min(a_base + a_size, b_base + b_size)
        if start < end:
            a_from, b_from, size = a_at + start - a_base, b_at + start - b_base, end - start
            found.append((start, end, a_from, a_from + size, b_from, b_from + size))
        if a_base + a_size < b_base + b_size:
            a += 1
        else:
            b += 1
    found.append((len(base), len(base), len(theirs), len(theirs), len(mine), len(mine)))
    return found


@dataclass(frozen=True)
class Piece:
    """A part of a text beside another: `same`, `added` or `taken`."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """What changed between two texts, in words: for showing two versions."""
    old, new = _words(before), _words(after)
    pieces: list[Piece] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[old_from:old_to])))
            continue
        if old_from < old_to:
            pieces.append(Piece("taken", "".join(old[old_from:old_to])))
        if new_from < new_to:
            pieces.append(Piece("added", "".join(new[new_from:new_to])))
    return pieces


def _words(text: str) -> list[str]:
    """Words and the space between them, so that joined they are the text again."""
    words: list[str] = []
    for letter in text:
        if words and words[-1][0].isspace() == letter.isspace() and letter != "\n" and words[-1] != "\n":
            words[-1] += letter
        else:
            words.append(letter)
    return words
