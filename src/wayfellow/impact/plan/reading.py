"""Read a plan: a TOML file, checked whole, every problem at once."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from wayfellow.impact.errors import BadInput, Problem
from wayfellow.impact.plan.lock import check_lock, digest_of
from wayfellow.impact.plan.model import Analysis, Columns, Covariate, Expect, Plan
from wayfellow.impact.plan.outcomes import read_outcomes
from wayfellow.impact.plan.values import Values, quoted

SCHEMA = "wayfellow-impact-plan/1"
DESIGNS = ("lottery", "roll-out", "comparison", "before-after")
LARGEST_FILE = 1_000_000  # bytes; a plan is a page of text
ROLES = ("id", "arm", "took_part", "period", "first_period", "index_date", "cluster", "strata", "site")
METHODS = {
    "comparison": ("entropy", "ipw", "aipw", "regression", "ipw-regression", "unadjusted"),
    "lottery": ("regression", "unadjusted"),
}
# Columns that a design needs, and those that it has no use for.
NEEDED = {
    "lottery": ("id", "arm"),
    "comparison": ("id", "arm"),
    "roll-out": ("id", "period", "first_period"),
    "before-after": ("id",),
}
UNUSED = {
    "lottery": ("period", "first_period"),
    "comparison": ("took_part", "strata", "period", "first_period"),
    "roll-out": ("arm", "took_part", "strata"),
    "before-after": ("arm", "took_part", "strata", "period", "first_period"),
}


def read_plan(path: Path | str, *, exploratory: bool = False) -> Plan:
    """Read and check a plan.

    Args:
        path: a TOML file.
        exploratory: accept a plan that was changed after it was locked; the plan then says so.

    Raises:
        BadInput: with every problem of the file.
        PlanChanged: the plan was changed after it was locked, and `exploratory` is off.
    """
    file = str(path)
    content = read_small(path, largest=LARGEST_FILE)
    table, text = parse_toml(content, file=file)
    problems: list[Problem] = []
    plan = _plan(table, file=file, sha256=digest_of(content), text=text, problems=problems)
    locked = table.get("locked")
    if locked is not None and not isinstance(locked, str):
        problems.append(Problem(file=file, key="locked", text=f"{quoted(locked)} is not a text"))
    if problems:
        raise BadInput(problems)
    if locked is not None and not exploratory:
        check_lock(locked, plan.sha256, file=file)
    return replace(plan, locked=locked is not None, exploratory=exploratory)


def read_small(path: Path | str, *, largest: int) -> bytes:
    """The bytes of a file that is not large.

    Raises:
        BadInput: it cannot be read, or is larger than `largest`.
    """
    try:
        with Path(path).open("rb") as opened:
            content = opened.read(largest + 1)
    except (OSError, ValueError) as error:
        raise BadInput([Problem(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}")]) from error
    if len(content) > largest:
        raise BadInput([Problem(str(path), f"is larger than {largest:,} bytes")])
    return content


def parse_toml(content: bytes, *, file: str) -> tuple[dict[str, Any], str]:
    """The table and the text of a TOML file.

    Raises:
        BadInput: it is not UTF-8 or not TOML, with the line.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInput([Problem(file, "is not UTF-8 text", line=line)]) from error
    text = text.replace("\r\n", "\n")
    try:
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        words = str(error)
        place = words.rpartition("(at line ")[2].partition(",")[0]
        line_found = int(place) if place.isdigit() else text.rstrip("\n").count("\n") + 1  # “at end of document”
        raise BadInput([Problem(file, f"is not TOML: {words}", line=line_found)]) from error


def _plan(table: dict[str, Any], *, file: str, sha256: str, text: str, problems: list[Problem]) -> Plan:
    known = ("schema", "title", "design", "seed", "columns", "outcome", "analysis", "privacy", "expect", "locked")
    values = Values(table, at="", known=known, file=file, problems=problems)
    if table.get("schema") != SCHEMA:
        given = quoted(table["schema"]) if "schema" in table else "nothing"
        values.problem("schema", f"{given} is not '{SCHEMA}'")
    title = values.text("title", required=True) or ""
    design = values.choice("design", DESIGNS)
    columns = _columns(table.get("columns"), design=design, file=file, problems=problems)
    outcomes = read_outcomes(
        table.get("outcome"), design=design, has_index=columns.index_date is not None, file=file, problems=problems
    )
    privacy = Values(table.get("privacy", {}), at="privacy", known=("k",), file=file, problems=problems)
    return Plan(
        file=file,
        title=title,
        design=design,
        seed=values.whole("seed", 0, low=0),
        columns=columns,
        outcomes=tuple(outcomes),
        analysis=_analysis(table.get("analysis", {}), design=design, known=columns, file=file, problems=problems),
        k=privacy.whole("k", 5, low=5),
        expect=_expect(table.get("expect", {}), file=file, problems=problems),
        sha256=sha256,
        locked=False,
        text=text,
        unused=tuple(
            (f"columns.{role}", f"is not used by the design '{design}'")
            for role in UNUSED[design]
            if getattr(columns, role) is not None
        ),
    )


def _columns(table: Any, *, design: str, file: str, problems: list[Problem]) -> Columns:
    if table is None:
        problems.append(Problem(file=file, key="columns", text="is required"))
        return Columns(id="")
    known = (*ROLES, "breakdown", "covariates")
    values = Values(table, at="columns", known=known, file=file, problems=problems)
    roles = {role: values.text(role, required=role in NEEDED[design]) for role in ROLES}
    roles["id"] = roles["id"] or ""
    covariates = _covariates(values, "covariates", known=())
    for role in ("id", "arm", "took_part", "period", "first_period"):
        for covariate in covariates:
            if roles[role] and covariate.column == roles[role]:
                values.problem("covariates", f"{quoted(covariate.column)} is already the column of '{role}'")
    return Columns(**roles, breakdown=values.texts("breakdown"), covariates=covariates)  # type: ignore[arg-type]


def _covariates(values: Values, key: str, *, known: tuple[Covariate, ...]) -> tuple[Covariate, ...]:
    """A list of covariates; a bare name takes what `known` says of that column."""
    of_column = {covariate.column: covariate for covariate in known}
    given = values.table.get(key, [])
    if not isinstance(given, list):
        values.problem(key, f"{quoted(given)} is not a list")
        return ()
    found: list[Covariate] = []
    for one in given:
        if isinstance(one, str) and one.strip():
            found.append(of_column.get(one, Covariate(one)))
        elif isinstance(one, dict):
            inner = Values(
                one,
                at=f"{values.at}.{key}",
                known=("column", "kind", "square"),
                file=values.file,
                problems=values.problems,
            )
            column = inner.text("column", required=True) or ""
            kind = inner.choice("kind", ("number", "category"), "number")
            square = inner.flag("square")
            if square and kind == "category":
                inner.problem("square", f"a category has no square ({quoted(column)})")
            found.append(Covariate(column, kind, square))
        else:
            values.problem(key, f"{quoted(one)} is neither a column nor a table with a column")
    names = [covariate.column for covariate in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        values.problem(key, f"{quoted(name)} stands there twice")
    return tuple(found)


def _analysis(table: Any, *, design: str, known: Columns, file: str, problems: list[Problem]) -> Analysis:
    keys = tuple(Analysis.__dataclass_fields__)
    values = Values(table, at="analysis", known=keys, file=file, problems=problems)
    methods = METHODS.get(design)
    method = {"comparison": "entropy", "lottery": "regression"}.get(design, "")
    if methods:
        method = values.choice("method", methods, method)
    elif "method" in values:
        values.problem("method", f"{quoted(values.table['method'])} is not for the design '{design}', which has one")
    analysis = Analysis(
        method=method,
        estimand=values.choice("estimand", ("ATT", "ATE"), "ATT" if design in ("comparison", "roll-out") else "ATE"),
        se=values.choice("se", ("HC2", "classical", "HC0", "HC3", "stacked"), "HC2"),
        missing=values.choice("missing", ("auto", "complete", "response-weights"), "auto"),
        control_group=values.choice("control_group", ("never", "not-yet"), "never"),
        aggregate=values.choice("aggregate", ("simple", "event-study"), "simple"),
        link=values.choice("link", ("logit", "probit"), "logit"),
        treatment_covariates=_models_covariates(values, "treatment_covariates", known),
        outcome_covariates=_models_covariates(values, "outcome_covariates", known),
        level=values.number("level", 0.95, low=0, high=1, open_ends=True),
    )
    if analysis.se == "stacked" and (design != "comparison" or method == "unadjusted"):
        values.problem("se", "'stacked' is for a comparison with weights or a model")
    if analysis.estimand == "ATE" and design == "comparison" and method == "entropy":
        values.problem("estimand", "'ATE' is not for the method 'entropy', which weighs towards the treated")
    if analysis.missing == "response-weights" and not known.covariates:
        values.problem("missing", "'response-weights' needs covariates")
    return analysis


def _models_covariates(values: Values, key: str, known: Columns) -> tuple[Covariate, ...] | None:
    return _covariates(values, key, known=known.covariates) if key in values else None


def _expect(table: Any, *, file: str, problems: list[Problem]) -> Expect:
    known = ("per_arm", "power", "response", "icc", "cluster_size")
    values = Values(table, at="expect", known=known, file=file, problems=problems)
    per_arm = None
    if "per_arm" in values:
        given = values.table["per_arm"]
        whole = isinstance(given, list) and all(isinstance(n, int) and not isinstance(n, bool) for n in given)
        if not whole or len(given) != 2 or min(given) < 2 or max(given) > 10**9:
            values.problem("per_arm", f"{quoted(given)} is not two whole numbers of at least 2")
        else:
            per_arm = (given[0], given[1])
    return Expect(
        per_arm=per_arm,
        power=values.number("power", 0.8, low=0, high=1, open_ends=True),
        response=values.number("response", 1.0, low=1e-9, high=1),
        icc=values.number("icc", 0.0, low=0, high=1),
        cluster_size=values.number("cluster_size", 1.0, low=1, high=10**9),
    )
