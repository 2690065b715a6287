"""How long `wayfellow --help` takes, against an empty Python: what everybody waits for at every command."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from benchmarks.measure import show

TURNS = 15


def main() -> None:
    commands = {
        "python -c pass": ("-c", "pass"),
        "wayfellow --help": ("-m", "wayfellow", "--help"),
        "wayfellow match --help": ("-m", "wayfellow", "match", "--help"),
        "wayfellow --version": ("-m", "wayfellow", "--version"),
    }
    taken: dict[str, list[tuple[float, float]]] = {words: [] for words in commands}
    for turn in range(TURNS + 1):
        for words, arguments in commands.items():  # in turn, so that a busy moment of the machine meets all
            took = _run(arguments)
            if turn:  # the first fills the caches of the disk
                taken[words].append(took)
    rows = []
    for words, times in taken.items():
        cpu, wall = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
        rows.append([words, cpu, wall, cpu / rows[0][1] if rows else ""])
    show(f"Start of a command, medians of {TURNS}", ["command", "CPU ms", "wall ms", "CPU ratio"], rows)


def _run(arguments: Sequence[str]) -> tuple[float, float]:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


if __name__ == "__main__":
    main()
