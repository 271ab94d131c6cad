"""When a course is looked at next: its episodes rebuilt and a proposal weighed."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0003_relief_and_contacts")]

    operations = [
        migrations.AddField(
            model_name="diaryplan",
            name="review_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                help_text="When episodes are rebuilt and a proposal is weighed next.",
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="diaryplan",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["review_at"], name="diary_plan_review_due"
            ),
        ),
    ]
