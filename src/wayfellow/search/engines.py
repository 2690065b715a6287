"""Full text on either database. One interface: `write` texts, and `match` words to ranked document ids.

Words are folded to letters and digits before they come here, so no input can touch the query syntax.
"""

from collections.abc import Mapping, Sequence

from django.db import connection

WEIGHTS = "ABCD"
MOST_IDS = 500  # more ids than this in one statement cost more than reading all rows


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


def match(organisation_id: int, kind: str, words: Sequence[str]) -> dict[int, int]:
    """Documents that hold a word beginning with each of these: document id to rank, 0 for the best."""
    if connection.vendor == "sqlite":
        sql = (
            "SELECT d.id FROM search_text JOIN search_document d ON d.id = search_text.rowid "
            "WHERE search_text MATCH %s AND d.organisation_id = %s AND d.kind = %s "
            "ORDER BY bm25(search_text, 8.0, 4.0, 2.0, 1.0), d.id"
        )
        parameters = (" AND ".join(f'"{word}"*' for word in words), organisation_id, kind)
    else:
        sql = (
            "SELECT d.id FROM search_document d, to_tsquery('simple', %s) query "
            "WHERE d.vector @@ query AND d.organisation_id = %s AND d.kind = %s "
            "ORDER BY ts_rank(d.vector, query) DESC, d.id"
        )
        parameters = (" & ".join(f"'{word}':*" for word in words), organisation_id, kind)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {pk: rank for rank, (pk,) in enumerate(cursor.fetchall())}


def forget_deleted() -> None:
    """Drop the words of documents that were taken out: FTS5 keeps them in its old segments until these are merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_text(search_text) VALUES ('optimize')")
