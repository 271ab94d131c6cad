"""State only: the plurals that the admin shows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("treatment_sessions", "0001_the_infusion"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="discrepancy",
            options={"ordering": ["opened_at"], "verbose_name_plural": "discrepancies"},
        ),
        migrations.AlterModelOptions(
            name="entry",
            options={"ordering": ["observed_at", "seq"], "verbose_name_plural": "entries"},
        ),
        migrations.AlterModelOptions(
            name="ledgerentry",
            options={"ordering": ["posted_at", "id"], "verbose_name_plural": "ledger entries"},
        ),
        migrations.AlterModelOptions(
            name="lineentry",
            options={"verbose_name_plural": "line entries"},
        ),
        migrations.AlterModelOptions(
            name="scoreentry",
            options={"verbose_name_plural": "score entries"},
        ),
        migrations.AlterModelOptions(
            name="weightentry",
            options={"verbose_name_plural": "weight entries"},
        ),
    ]
