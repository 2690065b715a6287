"""The list of people in its order, and its counts, from indexes alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_second_factor_and_sessions")]

    operations = [
        migrations.RemoveIndex(model_name="member", name="people_memb_organis_7957a8_idx"),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["organisation", "department", "state"], name="member_by_department"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["organisation", "full_name", "id"], name="member_by_name"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                fields=["organisation", "state", "is_guest", "forgotten_at", "id"], name="member_by_tab"
            ),
        ),
    ]
