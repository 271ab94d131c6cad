"""In which language a diary entry was answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0003_plural_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="diaryentry",
            name="language",
            field=models.CharField(default="en", help_text="The language it was answered in.", max_length=8),
        ),
    ]
