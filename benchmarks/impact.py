"""Impact analysis: what it says of companies whose effect is known, and what it takes beside the bare libraries.

`./dev bench impact` runs both; `./dev bench impact claims` or `./dev bench impact speed` runs one.
"""

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.measure import measure_alone, show

SEEDS = 200
PEOPLE = 400
MOST_CAUSED = 0.07
ROWS, OUTCOMES, COVARIATES = 20_000, 12, 6
MOST_TIMES, MOST_MEGABYTES = 3.0, 1_000


def report_on(design: str, seed: int, effect: float) -> tuple[dict, float]:
    """(report, what was true of the primary outcome) of one made-up company."""
    from wayfellow.impact import analyse, read_people, read_plan
    from wayfellow.impact.simulate import simulate, write_company

    with tempfile.TemporaryDirectory() as name:
        company = simulate(design, people=PEOPLE, effect=effect, seed=seed)
        write_company(company, Path(name))
        plan = read_plan(Path(name) / "PLAN.toml")
        return analyse(plan, read_people(Path(name) / "people.csv", plan)).to_dict(), company.truth["confidence"]


def claims() -> bool:
    """Claims without an effect, and how often the interval holds the truth; 200 seeds each."""
    rows: list[tuple] = []
    right = True
    for design, effect in (
        ("lottery", 0.0),
        ("comparison", 0.0),
        ("lottery", 0.5),
        ("roll-out", 0.0),
        ("roll-out", 0.5),
    ):
        found = [report_on(design, seed, effect) for seed in range(SEEDS)]
        firsts = [(report, report["outcomes"][0], truth) for report, truth in found]
        caused = sum(outcome["claim"] == "caused" for _, outcome, _ in firsts)
        claimed = sum(outcome["claim"] not in {"none", "no-clear-difference"} for _, outcome, _ in firsts)
        shown = [(outcome, truth) for _, outcome, truth in firsts if outcome["ci"]]
        inside = sum(outcome["ci"][0] <= truth <= outcome["ci"][1] for outcome, truth in shown) / len(shown)
        error = (0.95 * 0.05 / len(shown)) ** 0.5
        naive = sum(
            bool(outcome["unadjusted"]["ci"]) and outcome["unadjusted"]["ci"][0] > 0 for _, outcome, _ in firsts
        )
        unsaid = sum("not ruled out" not in " ".join(report["sentences"]) for report, _ in found)
        if design == "lottery":
            right &= inside >= 0.95 - 3 * error and (effect != 0 or caused <= MOST_CAUSED * SEEDS)
        elif design == "comparison":
            right &= caused == 0 and not any(
                "not ruled out" not in " ".join(report["sentences"])
                for report, _ in found
                if report["design"]["rung"] == 2
            )
        else:
            right &= caused == 0 and inside >= 0.95 - 3 * error
        rungs = ", ".join(
            f"{rung}: {count}"
            for rung, count in zip(*np.unique([r["design"]["rung"] for r, _ in found], return_counts=True), strict=True)
        )
        last = unsaid if design == "comparison" else "–"
        plainly = naive if design != "roll-out" else "–"
        rows.append((design, effect, rungs, caused, claimed, plainly, f"{100 * inside:.1f} %", last))
    headings = (
        "design",
        "effect, SD",
        "rungs",
        "caused",
        "any claim",
        "plain difference above 0",
        "interval holds truth",
    )
    title = f"{SEEDS} made-up companies of {PEOPLE} people each; primary outcome"
    show(title, (*headings, "without the line on what was not measured"), rows)
    print(f"\nWithin what is promised: {'yes' if right else 'no'}.")
    return right


def write_cohort(folder: Path, design: str) -> None:
    """A plan and 20,000 people with 12 outcomes, a tenth of the answers missing."""
    draw = np.random.default_rng(1)
    x = np.round(draw.normal(size=(ROWS, COVARIATES)), 4)
    chance = 0.3 if design == "lottery" else 1 / (1 + np.exp(1 - 0.4 * x[:, 0] - 0.3 * x[:, 1]))
    arm = (draw.random(ROWS) < chance).astype(int)
    y = np.round(x[:, :1] + 0.5 * x[:, 1:2] + draw.normal(size=(ROWS, OUTCOMES)), 4)
    gone = draw.random((ROWS, OUTCOMES)) < 0.1
    names = [f"x{at}" for at in range(COVARIATES)]
    outcomes = [f"y{at}" for at in range(OUTCOMES)]
    lines = [",".join(["id", "arm", *names, *outcomes])]
    for at in range(ROWS):
        answers = ["" if gone[at, which] else str(y[at, which]) for which in range(OUTCOMES)]
        lines.append(",".join([f"p{at:05}", str(arm[at]), *map(str, x[at]), *answers]))
    (folder / "people.csv").write_text("\n".join(lines) + "\n")
    plan = (
        f'schema = "wayfellow-impact-plan/1"\ntitle = "Large"\ndesign = "{design}"\n[columns]\nid = "id"\narm = "arm"\n'
    )
    plan += f"covariates = {names}\n".replace("'", '"')
    for at, name in enumerate(outcomes):
        role = "primary" if at == 0 else "secondary"
        plan += f'[[outcome]]\nname = "{name}"\nkind = "continuous"\nrole = "{role}"\ncolumn = "{name}"\n'
    (folder / "PLAN.toml").write_text(plan)


def ours(folder: str) -> tuple[dict, float, float]:
    """(what reading took, processor time, wall time) of `analyse`, in a process of its own."""
    import statsmodels.api  # noqa: F401 - imports are not what is measured

    from wayfellow.impact import analyse, read_people, read_plan

    began = time.process_time()
    plan = read_plan(Path(folder) / "PLAN.toml")
    people = read_people(Path(folder) / "people.csv", plan)
    reading = time.process_time() - began
    cpu, wall = time.process_time(), time.perf_counter()
    report = analyse(plan, people).to_dict()
    took = time.process_time() - cpu, time.perf_counter() - wall
    estimates = [outcome["estimate"] for outcome in report["outcomes"]]
    return {"reading": reading, "estimates": estimates}, *took


def bare(folder: str, design: str) -> tuple[dict, float, float]:
    """The same estimates by bare calls on ready arrays: balance by scipy, response and outcomes by statsmodels."""
    import statsmodels.api as sm
    from scipy.optimize import minimize

    with (Path(folder) / "people.csv").open() as file:
        next(file)
        table = np.array([[float(cell or "nan") for cell in line.rstrip("\n").split(",")[1:]] for line in file])
    arm, x, y = table[:, 0], table[:, 1 : 1 + COVARIATES], table[:, 1 + COVARIATES :]
    cpu, wall = time.process_time(), time.perf_counter()
    estimates = []
    for at in range(OUTCOMES):
        seen = ~np.isnan(y[:, at])
        known = sm.add_constant(np.column_stack([arm, x]))
        weight = (1 / sm.Logit(seen.astype(float), known).fit(disp=0).predict())[seen]
        value, a, z = y[seen, at], arm[seen], x[seen]
        sm.OLS(value, sm.add_constant(a)).fit(cov_type="HC2")
        if design == "comparison":
            aim = np.average(z[a == 1], axis=0, weights=weight[a == 1])
            apart, base = z[a == 0] - aim, weight[a == 0]

            def dual(by, apart=apart, base=base):
                raised = base * np.exp(apart @ by)
                return np.log(raised.sum()), apart.T @ raised / raised.sum()

            by = minimize(dual, np.zeros(COVARIATES), jac=True, method="BFGS").x
            weight[a == 0] = base * np.exp(apart @ by)
            weight[a == 0] *= weight[a == 1].sum() / weight[a == 0].sum()
        else:
            aim = np.average(z, axis=0, weights=weight)
        centred = z - aim
        design_matrix = np.column_stack([np.ones(a.size), a, centred, a[:, None] * centred])
        estimates.append(float(sm.WLS(value, design_matrix, weights=weight).fit(cov_type="HC2").params[1]))
    return {"estimates": estimates}, time.process_time() - cpu, time.perf_counter() - wall


def speed() -> bool:
    """Time and memory for 20,000 people and 12 outcomes."""
    rows: list[tuple] = []
    right = True
    for design in ("comparison", "lottery"):
        with tempfile.TemporaryDirectory() as name:
            write_cohort(Path(name), design)
            own = [measure_alone("benchmarks.impact", "ours", name) for _ in range(2)]
            plain = [measure_alone("benchmarks.impact", "bare", name, design) for _ in range(2)]
        our_run, their_run = (min(runs, key=lambda run: run.cpu) for runs in (own, plain))
        apart = float(np.max(np.abs(np.subtract(our_run.value["estimates"], their_run.value["estimates"]))))
        times = our_run.cpu / their_run.cpu
        right &= times <= MOST_TIMES and our_run.peak <= MOST_MEGABYTES and apart < 1e-3
        rows.append((design, "wayfellow", our_run.cpu, our_run.wall, our_run.peak, times, f"{apart:.1e}"))
        rows.append((design, "bare calls", their_run.cpu, their_run.wall, their_run.peak, 1.0, "–"))
        rows.append((design, "reading the file", our_run.value["reading"], "–", "–", "–", "–"))
    headings = ("design", "run", "CPU s", "wall s", "peak MB", "times", "largest difference")
    show(f"{ROWS:,} people, {OUTCOMES} outcomes, a tenth of the answers missing", headings, rows)
    print(f"\nAt most {MOST_TIMES:g} times, under 1 GB, the same estimates: {'yes' if right else 'no'}.")
    return right


def main() -> None:
    """Run what is asked for, and end with an error where a promise is broken."""
    wanted = sys.argv[1:] or ["claims", "speed"]
    kept = [part() for name, part in (("claims", claims), ("speed", speed)) if name in wanted]
    if not kept or not all(kept):
        sys.exit(1)


if __name__ == "__main__":
    main()
