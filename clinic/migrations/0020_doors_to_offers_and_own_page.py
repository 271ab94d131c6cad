from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0019_long_term_safety"),
    ]

    operations = [
        migrations.AlterField(
            model_name="patientlink",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("packet", "Intake packet"),
                    ("questions", "Questions sent back"),
                    ("diary", "Diary"),
                    ("readiness", "Readiness questions"),
                    ("visits", "Visits"),
                    ("stop", "Message choices"),
                    ("consent", "Consents"),
                    ("education", "Before the first infusion"),
                    ("documents", "Documents"),
                    ("checkup", "Questionnaires of a course"),
                    ("messages", "Messages with the clinic"),
                    ("offer", "An offered time"),
                    ("home", "The patient's own page"),
                ],
                max_length=12,
            ),
        ),
    ]
