"""A vocabulary that is looked up by pairs of letters. The words that are known are taken along."""

import django.db.models.deletion
from django.db import migrations, models

from wayfellow.search.words import pairs


def gather_words(apps, schema_editor):
    """The vocabulary of before, a row for each word of each document, as pairs of letters."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT t.organisation_id, d.kind, t.text FROM search_term t "
            "JOIN search_document d ON d.id = t.document_id"
        )
        words = cursor.fetchall()
    term = apps.get_model("search", "NewTerm")
    term.objects.bulk_create(
        (
            term(organisation_id=organisation_id, kind=kind, pair=pair, length=len(word), text=word)
            for organisation_id, kind, word in words
            for pair in sorted(pairs(word))
        ),
        batch_size=2000,
    )


def nothing(apps, schema_editor):
    pass


def owned(**options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.organisation", **options
    )


def key():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("search", "0002_full_text")]

    operations = [
        migrations.CreateModel(
            name="Value",
            fields=[
                ("id", key()),
                ("facet", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=200)),
                ("organisation", owned()),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="NewTerm",
            fields=[
                ("id", key()),
                ("kind", models.CharField(max_length=20)),
                ("pair", models.CharField(max_length=2)),
                ("length", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=40)),
                ("organisation", owned()),
            ],
        ),
        migrations.RunPython(gather_words, nothing),
    ]
