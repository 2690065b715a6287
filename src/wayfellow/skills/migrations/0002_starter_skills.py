from django.db import migrations

from wayfellow.skills.starter import write_starter_skills


def write(apps, schema_editor):
    write_starter_skills(apps.get_model("skills", "Skill"))


class Migration(migrations.Migration):
    dependencies = [("skills", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
