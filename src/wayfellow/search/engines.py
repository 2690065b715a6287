"""Full text on either database. One interface, the same words and rows on both.

Words are folded to letters and digits before they come here, so no input can touch the query syntax.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

WEIGHTS = "ABCD"

# Who drives the search is said, not left to the planner: SQLite would try each document's text against the words.
_SQLITE_MATCH = "search_text CROSS JOIN search_document d ON d.id = search_text.rowid"
_SQLITE_RANK = "bm25(search_text, 8.0, 4.0, 2.0, 1.0)"


def write(texts: Mapping[int, Mapping[str, str]]) -> None:
    """Store the folded texts of documents, by id and weight (A counts most)."""
    rows = [(pk, *(by_weight.get(weight, "") for weight in WEIGHTS)) for pk, by_weight in texts.items()]
    if connection.vendor == "sqlite":
        sql = "INSERT OR REPLACE INTO search_text (rowid, a, b, c, d) VALUES (%s, %s, %s, %s, %s)"
    else:
        rows = [(*row[1:], row[0]) for row in rows]
        vector = " || ".join(f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in WEIGHTS)
        sql = f"UPDATE search_document SET vector = {vector} WHERE id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def words_of(documents: Collection[int]) -> set[str]:
    """All words that these documents hold now."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT a || ' ' || b || ' ' || c || ' ' || d FROM search_text "
                "WHERE rowid IN (SELECT value FROM json_each(%s))",
                [json.dumps(list(documents))],
            )
            return {word for (text,) in cursor.fetchall() for word in text.split()}
        cursor.execute(
            "SELECT DISTINCT unnest(tsvector_to_array(vector)) FROM search_document WHERE id = ANY(%s)",
            [list(documents)],
        )
        return {word for (word,) in cursor.fetchall()}


def unheld(organisation_id: int, kind: str, words: Iterable[str], *, beginning: bool = False) -> set[str]:
    """Those of the words that no document holds.

    Args:
        beginning: a document that holds a longer word that begins so is enough.
    """
    asked = sorted(set(words))
    if not asked:
        return set()
    if connection.vendor == "sqlite":
        star = " || '*'" if beginning else ""
        sql = (
            "SELECT value FROM json_each(%s) word WHERE NOT EXISTS "  # noqa: S608
            f"(SELECT 1 FROM {_SQLITE_MATCH} WHERE search_text MATCH ('\"' || word.value || '\"'{star}) "
            "AND d.organisation_id = %s AND d.kind = %s)"
        )
        parameters: list[Any] = [json.dumps(asked), organisation_id, kind]
    else:
        star = ":*" if beginning else ""
        sql = (
            "SELECT word FROM unnest(%s::text[]) word WHERE NOT EXISTS "  # noqa: S608
            f"(SELECT 1 FROM search_document d WHERE d.vector @@ ('''' || word || '''{star}')::tsquery "
            "AND d.organisation_id = %s AND d.kind = %s)"
        )
        parameters = [asked, organisation_id, kind]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {word for (word,) in cursor.fetchall()}


def rows(
    organisation_id: int,
    kind: str,
    words: Sequence[str],
    *,
    columns: Sequence[str],
    beside: Any = None,
    also: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """All documents of a kind that hold a word beginning with each of these, by name; without words, all.

    Each row is: some columns of the document, some of `beside`; and with words, how well it matches, the least being
    best.

    Args:
        beside: a query set of the subjects that are wanted.
        also: names of its columns.
    """
    sql, parameters = statement(organisation_id, kind, words, columns=columns, beside=beside, also=also)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def statement(
    organisation_id: int,
    kind: str,
    words: Sequence[str],
    *,
    columns: Sequence[str],
    beside: Any = None,
    also: Sequence[str] = (),
) -> tuple[str, list[Any]]:
    """The statement of `rows`, and what goes into it."""
    sqlite = connection.vendor == "sqlite"
    parameters: list[Any] = []
    rank, source, where = "", "search_document d", "d.organisation_id = %s AND d.kind = %s"
    ends: list[Any] = [organisation_id, kind]
    if words and sqlite:
        rank, source, where = _SQLITE_RANK, _SQLITE_MATCH, f"search_text MATCH %s AND {where}"
        ends.insert(0, " AND ".join(f'"{word}"*' for word in words))
    elif words:
        rank, source = "-ts_rank(d.vector, query)", "search_document d CROSS JOIN to_tsquery('simple', %s) query"
        parameters.append(" & ".join(f"'{word}':*" for word in words))
        where = f"d.vector @@ query AND {where}"
    chosen = [f"d.{name}" for name in columns]
    if beside is not None:
        subquery, inner = beside.order_by().values_list("pk", *also).query.sql_with_params()
        # It stands after the words and before what is compared with the document; so do its parameters.
        source += f" {'CROSS ' if sqlite else ''}JOIN ({subquery}) live ON live.pk = d.subject_id"
        chosen += [f"live.{connection.ops.quote_name(name)}" for name in also]
        parameters += inner
    chosen += [rank] if rank else []
    sql = f"SELECT {', '.join(chosen)} FROM {source} WHERE {where} ORDER BY d.sort_name, d.id"  # noqa: S608
    return sql, [*parameters, *ends]


def forget_deleted() -> None:
    """Drop the words of documents that were taken out: FTS5 keeps them in its old segments until these are merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_text(search_text) VALUES ('optimize')")
