"""Find and the list of people at 100,000 members: what our first page takes against its bare SQL, in one run.

    ./dev bench search [MEMBERS]

Bare SQL: the very statements that our page sends, captured once and sent by hand through the database's own driver,
every row fetched and nothing done with it. Ours: from the member who looks to the cards of the first page, with counts
and facets; no template. Processor time is that of this process and of the server process of PostgreSQL, which is told
to work alone (no parallel workers).
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks.databases import on_each, open_site
from benchmarks.measure import show

MEMBERS = 100_000
TURNS = 9
GOAL = 1.5
Statements = list[tuple[str, Any]]


def main() -> None:
    if sys.argv[1:2] == ["alone"]:
        alone(sys.argv[2], int(sys.argv[3]))
    else:
        on_each("benchmarks.search", *(sys.argv[1:2] or [str(MEMBERS)]))


def alone(kind: str, members: int) -> None:
    """Fill the database that is set, and measure."""
    from benchmarks.members import fill

    open_site()
    measure_pages(kind, fill(members), members)


def measure_pages(kind: str, reader: Any, members: int) -> None:
    """Print a table of the first pages."""
    _work_alone()
    rows = [_row(name, page) for name, page in {**_find_pages(reader), **_people_pages(reader)}.items()]
    headings = ["first page", "found", "statements", "ours CPU ms", "bare CPU ms", "×", "ours ms", "bare ms", "×"]
    for subject in ("Find", "People"):
        some = [row for row in rows if row[0].startswith(subject)]
        ours_cpu, bare_cpu, ours, bare = (median(row[at] for row in some) for at in (3, 4, 6, 7))
        rows.append([f"{subject}: medians", "", "", ours_cpu, bare_cpu, ours_cpu / bare_cpu, ours, bare, ours / bare])
    show(f"Search on {kind}, {members:,} members; goal: at most {GOAL} × bare SQL", headings, rows)


def _work_alone() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")


def _row(name: str, page: Callable[[], int]) -> list[Any]:
    page()
    with _captured() as statements:
        found = page()
    ours, bare = [], []
    for _turn in range(TURNS):
        ours.append(_timed(page))
        bare.append(_timed(lambda: _send(statements)))
    ours_cpu, ours_wall = (1000 * median(part) for part in zip(*ours, strict=True))
    bare_cpu, bare_wall = (1000 * median(part) for part in zip(*bare, strict=True))
    return [
        name, found, len(statements),
        ours_cpu, bare_cpu, ours_cpu / bare_cpu, ours_wall, bare_wall, ours_wall / bare_wall,
    ]  # fmt: skip


def _timed(call: Callable[[], Any]) -> tuple[float, float]:
    cpu, wall = _processor(), perf_counter()
    call()
    return _processor() - cpu, perf_counter() - wall


def _processor() -> float:
    """Seconds of processor time of this process, and of the one that serves our connection to PostgreSQL."""
    from django.db import connection

    spent = process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        spent += int(server.read_text().split()[0]) / 1e9
    return spent


def _find_pages(reader: Any) -> dict[str, Callable[[], int]]:
    from wayfellow.core import clock
    from wayfellow.discovery import queries
    from wayfellow.search.models import Value

    skill = Value.objects.filter(facet="skill").order_by("pk").values_list("value", flat=True)[3]
    one = {"language": frozenset({"pt"})}
    three = {**one, "help": frozenset({"free"}), "skill": frozenset({skill})}
    wanted = {
        "nothing": queries.Wanted(),
        "one word": queries.Wanted(text="product"),
        "two words": queries.Wanted(text="engineer lisbon"),
        "typing error": queries.Wanted(text="produkt managr"),
        "one facet": queries.Wanted(chosen=one),
        "three facets": queries.Wanted(chosen=three),
    }

    def page(what: Any) -> Callable[[], int]:
        def find() -> int:
            looking = queries.read_reader(reader, now=clock.now())
            result = queries.find(looking, what)
            queries.cards(looking, result.found[:10])
            return len(result.found)

        return find

    return {f"Find: {name}": page(what) for name, what in wanted.items()}


def _people_pages(reader: Any) -> dict[str, Callable[[], int]]:
    from django.core.paginator import Paginator

    from wayfellow.people.queries import administration

    wanted = {
        "nothing": {},
        "a name": {"search": "holm"},
        "department": {"department": "Field operations"},
        "mentors": {"role": "mentor"},
        "invited": {"tab": "invited"},
    }

    def page(narrowed: dict[str, str]) -> Callable[[], int]:
        def people() -> int:
            counts = administration.counts(reader)
            rows = administration.with_facts(administration.people(reader, **narrowed))
            list(administration.departments(reader))
            pages = Paginator(rows, 25)
            list(pages.get_page(1))
            return pages.count if counts else 0

        return people

    return {f"People: {name}": page(narrowed) for name, narrowed in wanted.items()}


@contextmanager
def _captured() -> Iterator[Statements]:
    """The statements that are sent inside, as the driver gets them."""
    from django.db import connection

    found: Statements = []

    def keep(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        found.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(keep):
        yield found


def _send(statements: Statements) -> None:
    """Send statements by hand and fetch every row."""
    from django.db import connection

    connection.ensure_connection()
    cursor = connection.connection.cursor()
    for sql, parameters in statements:
        cursor.execute(_bare(sql) if connection.vendor == "sqlite" else sql, parameters or ())
        cursor.fetchall()
    cursor.close()


def _bare(sql: str) -> str:
    return sql.replace("%s", "?").replace("%%", "%")


if __name__ == "__main__":
    main()
