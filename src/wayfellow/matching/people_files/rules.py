"""The rules of a match as a TOML file: weights, hard rules, pins and forbids, what fairness is counted by."""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from wayfellow.matching.criteria.hours import MOST_REQUIRED
from wayfellow.matching.criteria.weights import BEST_SCORE, BY_CODE
from wayfellow.matching.people_files.cohort import CLOCK_DAY
from wayfellow.matching.people_files.fields import FIELD_BY_NAME
from wayfellow.matching.people_files.rows import read_bytes
from wayfellow.matching.result import ObjectiveName

OBJECTIVES: tuple[str, ...] = tuple(name for name in get_args(ObjectiveName) if name not in ("stable", "circles"))
_KEYS = {
    "": ("objective", "min_score", "seed"),
    "weights": tuple(BY_CODE),
    "rules": ("reporting_line", "common_language", "common_hours", "must_differ", "must_match", "clock_day"),
    "perspective": ("dimensions",),
    "fairness": ("groups",),
    "lottery": ("strata",),
    "pin": ("mentee", "mentor"),
    "forbid": ("mentee", "mentor"),
}
_TABLES = ("weights", "rules", "perspective", "fairness", "lottery", "columns")
_LISTS = ("pin", "forbid")


class RulesError(ValueError):
    """The rules cannot be used: everything that is wrong with them, one line each."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class MatchRules:
    """What a manager decides about a match; people are still named as the file names them.

    Args:
        objective: what "best" means, if the file says it.
        min_score: lowest score of a pair, under "min_pair_score".
        seed: what ties are drawn with, if the file says it.
        weights: criterion → weight, for those that the file sets.
        reporting_line, common_language: whether these hard rules hold.
        common_hours: hours a week that two people must share when both say when they are free; 0 is off.
        must_differ, must_match: dimensions along which two people must not, or must, be the same.
        clock_day: the day whose clock is used to compare hours across time zones.
        pins, forbids: pairs as (mentee, mentor), each by ID, e-mail or name.
        perspective: dimensions along which a difference is wanted.
        fairness: what the fairness report counts people by; None: whatever the file has.
        strata: the column that the lottery draws places by.
        columns: heading → field, None to leave the column out.
    """

    objective: str | None = None
    min_score: int | None = None
    seed: int | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    reporting_line: bool = True
    common_language: bool = True
    common_hours: int = 1
    must_differ: tuple[str, ...] = ()
    must_match: tuple[str, ...] = ()
    clock_day: dt.date = CLOCK_DAY
    pins: tuple[tuple[str, str], ...] = ()
    forbids: tuple[tuple[str, str], ...] = ()
    perspective: tuple[str, ...] = ()
    fairness: tuple[str, ...] | None = None
    strata: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)


def read_rules(path: Path) -> MatchRules:
    """Read a rules file.

    Raises:
        RulesError: it is not TOML, or says something that is not known.
        TableError: it cannot be opened.
    """
    content = read_bytes(path)
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RulesError([f"{path.name} is not UTF-8 text."]) from error
    except tomllib.TOMLDecodeError as error:
        raise RulesError([f"{path.name} is not TOML: {error}."]) from error
    return rules_of(document, name=path.name)


def rules_of(document: Mapping[str, Any], *, name: str) -> MatchRules:
    """Make rules of a TOML document.

    Raises:
        RulesError: a key is unknown or a value is not what the key takes.
    """
    read = _Reading(name)
    read.keys("", document, (*_KEYS[""], *_TABLES, *_LISTS))
    tables = {table: read.table(document, table) for table in _TABLES}
    for table in _TABLES:
        if table != "columns":
            read.keys(table, tables[table], _KEYS[table])
    rules = tables["rules"]
    made = MatchRules(
        objective=read.one_of(document, "objective", OBJECTIVES),
        min_score=read.whole(document, "", "min_score", range(BEST_SCORE + 1)),
        seed=read.whole(document, "", "seed", range(2**63 - 1)),
        weights={
            key: read.number("weights", key, tables["weights"][key]) for key in tables["weights"] if key in BY_CODE
        },
        reporting_line=read.flag(rules, "rules", "reporting_line"),
        common_language=read.flag(rules, "rules", "common_language"),
        common_hours=_or(read.whole(rules, "rules", "common_hours", range(MOST_REQUIRED + 1)), 1),
        must_differ=read.names(rules, "rules", "must_differ") or (),
        must_match=read.names(rules, "rules", "must_match") or (),
        clock_day=read.day(rules, "rules", "clock_day"),
        pins=read.pairs(document, "pin"),
        forbids=read.pairs(document, "forbid"),
        perspective=read.names(tables["perspective"], "perspective", "dimensions") or (),
        fairness=read.names(tables["fairness"], "fairness", "groups"),
        strata=read.text(tables["lottery"], "lottery", "strata"),
        columns={heading: read.field(heading, to) for heading, to in tables["columns"].items()},
    )
    if read.faults:
        raise RulesError(read.faults)
    return made


def columns_of(assignments: Sequence[str]) -> dict[str, str | None]:
    """Read `HEADING=FIELD` arguments; an empty field, or a dash, leaves the column out.

    Raises:
        RulesError: an argument has no equals sign or names a field that does not exist.
    """
    read = _Reading("--columns")
    columns = {}
    for assignment in assignments:
        heading, equals, to = assignment.rpartition("=")
        if not equals or not heading.strip():
            read.faults.append(f"--columns: “{assignment}” is not of the form HEADING=FIELD.")
            continue
        columns[heading.strip()] = read.field(heading.strip(), to.strip())
    if read.faults:
        raise RulesError(read.faults)
    return columns


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


class _Reading:
    """Takes values out of a document and gathers what is wrong with them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[str] = []

    def fault(self, table: str, key: str, text: str) -> None:
        place = f"[{table}] {key}" if table and key else key or f"[{table}]"
        self.faults.append(f"{self.name}: {place}: {text}")

    def keys(self, table: str, given: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in given:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(known)}."
                self.fault(table, key, f"there is no such key.{hint}")

    def table(self, document: Mapping[str, Any], table: str) -> Mapping[str, Any]:
        value = document.get(table, {})
        if isinstance(value, dict):
            return value
        self.fault("", table, f"is a table: write [{table}].")
        return {}

    def flag(self, given: Mapping[str, Any], table: str, key: str) -> bool:
        value = given.get(key, True)
        if not isinstance(value, bool):
            self.fault(table, key, f"is true or false, not {value!r}.")
        return bool(value)

    def whole(self, given: Mapping[str, Any], table: str, key: str, allowed: range) -> int | None:
        value = given.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
            self.fault(table, key, f"is a whole number from {allowed[0]} to {allowed[-1]}, not {value!r}.")
            return None
        return value

    def number(self, table: str, key: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
            self.fault(table, key, f"is a number from 0 up, not {value!r}.")
            return 0.0
        return float(value)

    def names(self, given: Mapping[str, Any], table: str, key: str) -> tuple[str, ...] | None:
        value = given.get(key)
        if value is None:
            return None
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(name, str) and name.strip() for name in listed):
            self.fault(table, key, f'is a list of columns, such as ["department"], not {value!r}.')
            return ()
        return tuple(dict.fromkeys(name.strip() for name in listed))

    def text(self, given: Mapping[str, Any], table: str, key: str) -> str | None:
        value = given.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.fault(table, key, f"is the name of one column, not {value!r}.")
        return None

    def day(self, given: Mapping[str, Any], table: str, key: str) -> dt.date:
        value = given.get(key, CLOCK_DAY)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        self.fault(table, key, f"is a day, such as 2026-07-15, not {value!r}.")
        return CLOCK_DAY

    def one_of(self, given: Mapping[str, Any], key: str, known: Sequence[str]) -> str | None:
        value = given.get(key)
        if value is not None and value not in known:
            self.fault("", key, f"is one of {', '.join(known)}, not {value!r}.")
        return value

    def pairs(self, document: Mapping[str, Any], kind: str) -> tuple[tuple[str, str], ...]:
        listed = document.get(kind, [])
        if not isinstance(listed, list) or not all(isinstance(pair, dict) for pair in listed):
            self.fault("", kind, f"is a list: write [[{kind}]] before each pair.")
            return ()
        pairs = []
        for at, pair in enumerate(listed, start=1):
            place = f"[[{kind}]] number {at}"
            self.keys(f"{kind} {at}", pair, _KEYS[kind])
            sides = [pair.get(side) for side in _KEYS[kind]]
            if all(isinstance(side, str) and side.strip() for side in sides):
                pairs.append((sides[0].strip(), sides[1].strip()))
            else:
                self.faults.append(
                    f"{self.name}: {place}: needs mentee and mentor, each an ID, e-mail or name in quotes."
                )
        return tuple(pairs)

    def field(self, heading: str, to: Any) -> str | None:
        if to in ("", "-"):
            return None
        if not isinstance(to, str) or to not in FIELD_BY_NAME:
            near = get_close_matches(str(to), FIELD_BY_NAME, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            place = "--columns" if self.name == "--columns" else f"{self.name}: [columns]"
            self.faults.append(
                f"{place}: “{heading}” cannot be read as “{to}”; fields are {', '.join(FIELD_BY_NAME)}.{hint}"
            )
            return None
        return to
