"""The full text beside the documents: a virtual table on SQLite, a column with its index on PostgreSQL."""

from django.db import migrations

FTS5 = (
    "CREATE VIRTUAL TABLE search_text USING fts5(a, b, c, d, tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
    # A row that goes by a cascade takes its text along. Rebuilding search_document drops the trigger: make it again.
    "CREATE TRIGGER search_text_follows AFTER DELETE ON search_document BEGIN "
    "DELETE FROM search_text WHERE rowid = old.id; END",
)
TSVECTOR = (
    "ALTER TABLE search_document ADD COLUMN vector tsvector",
    "CREATE INDEX search_document_vector ON search_document USING gin (vector)",
)


def create(apps, schema_editor):
    for statement in FTS5 if schema_editor.connection.vendor == "sqlite" else TSVECTOR:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER search_text_follows")
        schema_editor.execute("DROP TABLE search_text")
    else:
        schema_editor.execute("ALTER TABLE search_document DROP COLUMN vector")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
