"""`wayfellow match people` with 1,000 people, from a cold start, beside a bare lower bound.

The lower bound only reads the file with `csv` and hands a ready matrix to scipy's assignment: no columns to recognise,
no cells to check, no scores, no rules, no reasons, no workbook.
"""

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import ROOT, Measured, show

PEOPLE = 1_000
RUNS = 3
HEADINGS = (
    "ID,Name,E-mail,Role,Manager,Department,Site,Grade,Skills offered,Skills wanted,Goals,Languages,Time zone,"
    "Availability,Places,Mentors wanted,Training done"
)
ZONES = ("Europe/Vienna", "Europe/Lisbon", "Asia/Kolkata", "America/Toronto", "America/Sao_Paulo")
LANGUAGES = ("English", "German", "Portuguese", "Hindi", "Spanish")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
LOWER_BOUND = """
import csv, sys
import numpy as np
from scipy.optimize import linear_sum_assignment
rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
linear_sum_assignment(np.load(sys.argv[2]), maximize=True)
"""


def write_people(path: Path, *, people: int = PEOPLE, seed: int = 0) -> None:
    """A made-up sheet: half mentees, half mentors, every column filled."""
    draw = random.Random(seed)
    skills, goals = [f"Skill {at}" for at in range(40)], [f"goal {at}" for at in range(30)]

    def levels(count: int) -> str:
        return "; ".join(f"{skill} ({draw.randint(2, 5)})" for skill in draw.sample(skills, count))

    def hours() -> str:
        return "; ".join(
            f"{day} {start}-{start + 3}" for day in draw.sample(DAYS, 3) for start in [draw.randint(8, 15)]
        )

    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS.split(","))
        for at in range(people):
            mentor = at % 2 == 1
            writer.writerow(
                [
                    *(f"{at:05}", f"Person {at}", f"person{at}@example.org", "mentor" if mentor else "mentee"),
                    *(
                        f"{(at - 1) // 8:05}" if at else "",
                        draw.choice("ABCDE"),
                        draw.choice("PQR"),
                        draw.randint(1, 7),
                    ),
                    *(levels(4) if mentor else "", "" if mentor else levels(3), "; ".join(draw.sample(goals, 3))),
                    *(", ".join(draw.sample(LANGUAGES, 2)), draw.choice(ZONES), hours()),
                    *(draw.choice((1, 1, 2)) if mentor else "", "", draw.choice(("yes", "no")) if mentor else ""),
                ]
            )


def child(*command: str | Path) -> Measured:
    """Run a process to its end; processor time of all its threads, imports and interpreter included."""
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stderr.decode())
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(None, cpu, time.perf_counter() - wall)


def fastest(*command: str | Path) -> Measured:
    """The fastest of some runs."""
    return min((child(*command) for _ in range(RUNS)), key=lambda took: took.cpu)


def main() -> None:
    """Print what the command takes, and what the lower bound takes."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        people, scores, out = (Path(folder) / name for name in ("people.csv", "scores.npy", "pairs.xlsx"))
        write_people(people)
        np.save(scores, np.random.default_rng(0).integers(0, 10_000, (PEOPLE // 2, PEOPLE // 2)))
        bare = fastest(sys.executable, "-c", LOWER_BOUND, people, scores)
        report = Path(folder) / "report.json"
        ours = fastest(sys.executable, "-m", "wayfellow", "match", "people", people, "--out", out, "--report", report)
    show(
        f"{PEOPLE:,} people in one CSV file, cold start to finish",
        ("what", "cpu s", "wall s", "cpu ratio"),
        [
            ("csv and scipy on a ready matrix", bare.cpu, bare.wall, 1.0),
            ("wayfellow match people: workbook and report", ours.cpu, ours.wall, ours.cpu / bare.cpu),
        ],
    )


if __name__ == "__main__":
    main()
