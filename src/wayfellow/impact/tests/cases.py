"""Small plans and people for tests, as files, the way a user has them."""

import csv
from pathlib import Path

import numpy as np

from wayfellow.impact import analyse, read_people, read_plan

HEAD = 'schema = "wayfellow-impact-plan/1"\ntitle = "Spring cohort"\n'


def plan_text(design="lottery", *, columns="", outcomes="", analysis="", top="seed = 7"):
    arm = "" if design in ("before-after", "roll-out") else 'arm = "arm"\n'
    return (
        f'{HEAD}design = "{design}"\n{top}\n[columns]\nid = "id"\n{arm}{columns}\n'
        f"{outcomes or outcome()}\n[analysis]\n{analysis}\n"
    )


def outcome(name="score", *, column="y", kind="continuous", role="primary", more=""):
    return f'[[outcome]]\nname = "{name}"\ncolumn = "{column}"\nkind = "{kind}"\nrole = "{role}"\n{more}\n'


def write(folder: Path, text: str, rows: dict, *, order=None):
    """A plan and its people as files; `rows` are columns, None an empty cell."""
    plan, people = folder / "PLAN.toml", folder / "people.csv"
    plan.write_text(text)
    names = list(rows)
    table = list(zip(*(list(rows[name]) for name in names), strict=True))
    table = table if order is None else [table[at] for at in order]
    with people.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([["" if _is_empty(cell) else cell for cell in row] for row in table])
    return plan, people


def report(folder: Path, text: str, rows: dict, *, order=None):
    plan_file, people_file = write(folder, text, rows, order=order)
    plan = read_plan(plan_file)
    return analyse(plan, read_people(people_file, plan)).to_dict()


def two_groups(count=120, *, seed=1, effect=0.0, pull=0.0):
    """Columns of `count` people: half mentored, a covariate `x`, an outcome `y`; `pull` lets x decide who is."""
    draws = np.random.default_rng(seed)
    x = draws.normal(size=count)
    order = np.argsort(x * pull + draws.normal(size=count), kind="stable")
    arm = np.zeros(count, dtype=int)
    arm[order[count // 2 :]] = 1
    y = x + effect * arm + draws.normal(size=count)
    return {"id": [f"P{at:05}" for at in range(count)], "arm": arm, "x": x, "y": y}


def panel(*, treated=30, never=30, periods=5, start=3, drift=0.0, seed=1):
    """Rows of a roll-out with one start group; `drift` moves the treated apart before the start."""
    draws = np.random.default_rng(seed)
    rows = {"id": [], "period": [], "first_period": [], "y": []}
    for person in range(treated + never):
        mentored = person < treated
        own = draws.normal()
        for period in range(1, periods + 1):
            rows["id"].append(f"P{person:05}")
            rows["period"].append(period)
            rows["first_period"].append(start if mentored else 0)
            rows["y"].append(own + 0.1 * period + drift * period * mentored + 0.3 * draws.normal())
    return rows


PANEL = 'period = "period"\nfirst_period = "first_period"\n'


def codes(notes):
    return [note["code"] for note in notes]


def _is_empty(cell):
    return cell is None or (isinstance(cell, float) and np.isnan(cell))
