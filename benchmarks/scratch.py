"""New databases for benchmarks: SQLite always, PostgreSQL where `./dev bench` found it."""

import os
import uuid
from urllib.parse import urlsplit


def databases() -> dict[str, str]:
    """The kinds of database to measure on, and the address of each; none for SQLite.

    `./dev bench` sets `BENCH_DATABASE_URL` to a PostgreSQL that it starts for the run.
    """
    url = os.environ.get("BENCH_DATABASE_URL")
    return {"SQLite": "", **({"PostgreSQL": url} if url else {})}


def new_database(url: str) -> str:
    """The address of an empty database on this server; nothing for SQLite, which lives in the home folder."""
    if not url:
        return ""
    import psycopg

    name = f"bench_{uuid.uuid4().hex[:12]}"
    server = urlsplit(url)
    with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server._replace(path=f"/{name}").geturl()
