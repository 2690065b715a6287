"""How fast files become a cohort: 1,000,000 pairs, checked and in canonical form, against the csv module alone."""

import csv
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.measure import measure, measure_alone, show

MENTEES, MENTORS, EACH = 20_000, 5_000, 50


def write(folder: Path) -> None:
    """A cohort with ready scores as `wayfellow match pairs` reads it."""
    draw = np.random.default_rng(0)
    (folder / "mentees.csv").write_text("mentee_id,want\n" + "".join(f"e{at},1\n" for at in range(MENTEES)))
    rows = (f"m{at},{places},0\n" for at, places in enumerate(draw.integers(1, 6, MENTORS)))
    (folder / "mentors.csv").write_text("mentor_id,capacity,minimum\n" + "".join(rows))
    with (folder / "pairs.csv").open("w") as file:
        file.write("mentee_id,mentor_id,score,allowed\n")
        for mentee in range(MENTEES):
            mentors = draw.choice(MENTORS, EACH, replace=False).tolist()
            scores = draw.integers(0, 10_001, EACH).tolist()
            file.writelines(f"e{mentee},m{at},{score},1\n" for at, score in zip(mentors, scores, strict=True))


def read(folder: str) -> int:
    """Ours: read, checked against each other, sorted, as arrays."""
    from wayfellow.matching.pairs_files import read_folder

    return read_folder(Path(folder)).score.size


def bare(folder: str) -> int:
    """The lower bound: every record through csv.reader, the score as a number, nothing checked or kept."""
    count = 0
    with (Path(folder) / "pairs.csv").open(newline="", encoding="utf-8") as file:
        records = csv.reader(file)
        next(records)
        for _mentee, _mentor, score, _allowed in records:
            count += int(score) >= 0
    return count


def main() -> None:
    """Print what reading takes, and arrays built from arrays beside it."""
    with tempfile.TemporaryDirectory() as place:
        write(Path(place))
        ours, theirs = (measure_alone("benchmarks.matching_files", name, place) for name in ("read", "bare"))
        rows = [
            (name, run.value, run.cpu, run.wall, run.peak, run.cpu / theirs.cpu)
            for name, run in (("wayfellow, checked and sorted", ours), ("csv.reader alone", theirs))
        ]
    show("Reading 1,000,000 pairs", ("run", "pairs", "CPU s", "wall s", "peak MB", "ratio"), rows)

    from wayfellow.matching.build import problem_from_arrays

    draw = np.random.default_rng(0)
    n, m = 200_000, 50_000
    key = draw.permutation(np.unique(draw.integers(0, n * m, 10_000_000)))
    mentee_ids, mentor_ids = [f"e{at}" for at in range(n)], [f"m{at}" for at in range(m)]
    columns = {"mentee": key // m, "mentor": key % m, "score": draw.integers(0, 10_001, key.size)}
    places = {"want": np.ones(n, dtype=np.int64), "capacity": np.ones(m, dtype=np.int64)}
    built = measure(lambda: problem_from_arrays(mentee_ids, mentor_ids, **places, **columns))
    sort = measure(lambda: np.argsort(key, kind="stable"))
    rows = [
        ("problem_from_arrays, shuffled pairs", built.value.score.size, built.cpu, built.wall, built.cpu / sort.cpu),
        ("numpy.argsort alone", key.size, sort.cpu, sort.wall, 1.0),
    ]
    show("10,000,000 pairs from arrays", ("run", "pairs", "CPU s", "wall s", "ratio"), rows)


if __name__ == "__main__":
    main()
