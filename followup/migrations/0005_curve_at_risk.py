"""Numbers at risk beside each curve of the clinic."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0004_diary_plan_review")]

    operations = [
        migrations.AddField(
            model_name="cliniccurve",
            name="at_risk",
            field=models.JSONField(
                default=list, help_text="[day, infusions followed and maybe in relief] every 14 days."
            ),
        ),
    ]
