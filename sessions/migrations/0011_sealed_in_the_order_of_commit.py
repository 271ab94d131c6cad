"""Indexes by which the sealer finds what was committed since; built while the clinic works."""

import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("treatment_sessions", "0010_read_back_in_words_and_what_a_vial_is"),
    ]

    operations = [
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="checkanswer",
            index=django.contrib.postgres.indexes.BrinIndex(
                django.db.models.functions.comparison.Cast(
                    django.db.models.functions.comparison.Cast("xact", models.TextField()), models.BigIntegerField()
                ),
                name="answer_by_xact",
                pages_per_range=32,
            ),
        ),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="entry",
            index=django.contrib.postgres.indexes.BrinIndex(
                django.db.models.functions.comparison.Cast(
                    django.db.models.functions.comparison.Cast("xact", models.TextField()), models.BigIntegerField()
                ),
                name="entry_by_xact",
                pages_per_range=32,
            ),
        ),
    ]
