"""A patient who was not asked for a language has none: then the browser's counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_results_of_tests_and_reversible_merges"),
    ]

    operations = [
        migrations.AlterField(
            model_name="patient",
            name="language",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What they read and are written to in; blank: not asked yet.",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="patientevent",
            name="language",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What they read and are written to in; blank: not asked yet.",
                max_length=8,
            ),
        ),
    ]
