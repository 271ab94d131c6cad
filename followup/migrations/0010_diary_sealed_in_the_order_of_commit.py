"""Indexes by which the sealer finds what was committed since; built while the clinic works."""

import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("followup", "0009_questionnaires_messages_and_calls"),
    ]

    operations = [
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="diaryentry",
            index=django.contrib.postgres.indexes.BrinIndex(
                django.db.models.functions.comparison.Cast(
                    django.db.models.functions.comparison.Cast("xact", models.TextField()), models.BigIntegerField()
                ),
                name="diary_by_xact",
                pages_per_range=32,
            ),
        ),
    ]
