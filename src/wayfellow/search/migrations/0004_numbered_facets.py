"""Facets as numbers beside the documents. Those that are written are numbered."""

from django.db import migrations, models

from wayfellow.search import codes
from wayfellow.search.words import fold

AT_ONCE = 500
TRIGGER = (
    "CREATE TRIGGER search_text_follows AFTER DELETE ON search_document BEGIN "
    "DELETE FROM search_text WHERE rowid = old.id; END"
)


def drop_trigger(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS search_text_follows")


def make_trigger(apps, schema_editor):
    """SQLite makes the table anew to add columns, and the trigger goes with the old one."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(TRIGGER)


def number_facets(apps, schema_editor):
    document, value = apps.get_model("search", "Document"), apps.get_model("search", "Value")
    numbers = {}

    def number(organisation_id, facet, text):
        key = (organisation_id, facet, text)
        if key not in numbers:
            numbers[key] = value.objects.create(organisation_id=organisation_id, facet=facet, value=text).pk
        return numbers[key]

    after = 0
    while rows := list(document.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        for row in rows:
            levels = row.facts.get("levels", {})
            row.sort_name = fold(row.name)[:200]
            row.codes = codes.pack(
                (number(row.organisation_id, facet, str(text)), levels.get(str(text), 0) if facet == "skill" else 0)
                for facet, values in row.facets.items()
                for text in dict.fromkeys(values)
            )
        document.objects.bulk_update(rows, ["sort_name", "codes"], batch_size=100)
        after = rows[-1].pk


def nothing(apps, schema_editor):
    pass


class Migration(migrations.Migration):
    dependencies = [("search", "0003_pairs_of_letters")]

    operations = [
        migrations.DeleteModel(name="Term"),
        migrations.RenameModel(old_name="NewTerm", new_name="Term"),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(fields=["organisation", "kind", "pair", "length", "text"], name="search_term_by_pair"),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(fields=["organisation", "kind", "text"], name="search_term_by_text"),
        ),
        migrations.RunPython(drop_trigger, nothing),
        migrations.RemoveIndex(model_name="document", name="search_docu_organis_583114_idx"),
        migrations.AddField("document", "sort_name", models.CharField(default="", max_length=200)),
        migrations.AddField("document", "codes", models.BinaryField(default=b"")),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["organisation", "kind", "sort_name"], name="search_document_by_name"),
        ),
        migrations.RunPython(make_trigger, nothing),
        migrations.RunPython(number_facets, nothing),
    ]
