"""Measure a call (processor time, wall time, peak memory) and print results as a table with ratios."""

import os
import pickle
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Measured:
    """What one call took.

    Args:
        value: what it returned.
        cpu: processor time of all its threads, seconds.
        wall: elapsed time, seconds.
        peak: peak resident memory of its process, megabytes; 0 when it was not measured in a process of its own.
    """

    value: Any
    cpu: float
    wall: float
    peak: float = 0.0


def measure(call: Callable[[], Any], *, repeat: int = 1) -> Measured:
    """The fastest of some runs in this process."""
    best: Measured | None = None
    for _ in range(repeat):
        cpu, wall = time.process_time(), time.perf_counter()
        value = call()
        took = Measured(value, time.process_time() - cpu, time.perf_counter() - wall)
        if best is None or took.cpu < best.cpu:
            best = took
    assert best is not None
    return best


def measure_alone(module: str, function: str, *arguments: Any, python: Path | None = None) -> Measured:
    """Run `module.function(*arguments)` in a process of its own, so that its peak memory is its own.

    Imports and the building of the arguments inside that process are not counted as time: the function returns
    (value, cpu, wall) if it measures itself, or anything else, which is then measured whole.
    """
    with tempfile.TemporaryDirectory() as folder:
        handed, back = Path(folder) / "in", Path(folder) / "out"
        handed.write_bytes(pickle.dumps((module, function, arguments)))
        here = dict(os.environ, PYTHONPATH=os.pathsep.join([str(ROOT), str(ROOT / "src")]))
        subprocess.run([python or sys.executable, __file__, handed, back], check=True, env=here, cwd=ROOT)
        return Measured(*pickle.loads(back.read_bytes()))


def peer(name: str) -> Path:
    """The Python of the virtual environment that holds a peer; `./dev bench` makes it.

    Raises:
        SystemExit: it is not there.
    """
    python = ROOT / ".bench" / name / "bin" / "python"
    if not python.exists():
        sys.exit(f"{python.relative_to(ROOT)} is missing: run this benchmark by ./dev bench")
    return python


def show(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table that is also Markdown. `./dev bench NAME --write` keeps it as a page of docs/benchmarks too."""
    cells = [list(headings), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(headings))]
    lines = [
        "| " + " | ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    print(f"\n{title} ({machine()})\n", *lines, sep="\n", flush=True)
    if kept := os.environ.get("BENCH_WRITE"):
        with Path(kept).open("a", encoding="utf-8") as page:
            print(f"\n## {title}\n\n{time.strftime('%Y-%m-%d')}, {machine()}.\n", *lines, sep="\n", file=page)


def machine() -> str:
    """Processor, Python and load of the machine, since a figure without them says little."""
    cores = f"{os.cpu_count()} cores{_processor()}"
    return f"{cores}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return ""
    names = {line.partition(":")[2].strip() for line in lines if line.startswith("model name")}
    return f" of {' and '.join(sorted(names))}" if names else ""


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _child(handed: Path, back: Path) -> None:
    import importlib

    module, function, arguments = pickle.loads(handed.read_bytes())
    call = getattr(importlib.import_module(module), function)
    cpu, wall = time.process_time(), time.perf_counter()
    value = call(*arguments)
    took = time.process_time() - cpu, time.perf_counter() - wall
    if isinstance(value, tuple) and len(value) == 3 and all(isinstance(part, float) for part in value[1:]):
        value, *took = value
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    back.write_bytes(pickle.dumps((value, *took, peak)))


if __name__ == "__main__":
    _child(Path(sys.argv[1]), Path(sys.argv[2]))
