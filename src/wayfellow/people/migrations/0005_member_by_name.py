"""The list of people in their order, without sorting all of them for its first page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_second_factor_and_sessions")]

    operations = [
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["organisation", "full_name", "id"], name="member_by_name"),
        ),
    ]
