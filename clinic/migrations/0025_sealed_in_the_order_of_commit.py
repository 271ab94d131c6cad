"""Indexes by which the sealer finds what was committed since; built while the clinic works."""

import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("clinic", "0024_seals_and_disclosures"),
    ]

    operations = [
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="auditevent",
            index=django.contrib.postgres.indexes.BrinIndex(
                django.db.models.functions.comparison.Cast(
                    django.db.models.functions.comparison.Cast("xact", models.TextField()), models.BigIntegerField()
                ),
                name="audit_by_xact",
                pages_per_range=32,
            ),
        ),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="instrumentresponse",
            index=django.contrib.postgres.indexes.BrinIndex(
                django.db.models.functions.comparison.Cast(
                    django.db.models.functions.comparison.Cast("xact", models.TextField()), models.BigIntegerField()
                ),
                name="response_by_xact",
                pages_per_range=32,
            ),
        ),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="statechange",
            index=django.contrib.postgres.indexes.BrinIndex(
                django.db.models.functions.comparison.Cast(
                    django.db.models.functions.comparison.Cast("xact", models.TextField()), models.BigIntegerField()
                ),
                name="state_change_by_xact",
                pages_per_range=32,
            ),
        ),
    ]
