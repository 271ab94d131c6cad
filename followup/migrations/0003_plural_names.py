"""State only: the plurals that the admin shows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0002_default_reminder_rules"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="diaryentry",
            options={"ordering": ["day", "recorded_at"], "verbose_name_plural": "diary entries"},
        ),
        migrations.AlterModelOptions(
            name="waitlistentry",
            options={"ordering": ["added_at"], "verbose_name_plural": "waitlist entries"},
        ),
    ]
