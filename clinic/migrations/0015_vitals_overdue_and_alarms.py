"""Tasks for vitals that are overdue, alerts for alarms that nobody answers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_a_call_of_an_emergency"),
    ]

    operations = [
        migrations.AlterField(
            model_name="alert",
            name="kind",
            field=models.CharField(
                choices=[
                    ("suicide", "Answer about suicide"),
                    ("side_effect", "Serious side effect"),
                    ("worse", "Much worse than before"),
                    ("call_me", "Please call me"),
                    ("bladder", "Bladder symptoms"),
                    ("emergency", "Emergency"),
                    ("alarm", "Alarm at a chair"),
                    ("other", "Other"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="alertevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("suicide", "Answer about suicide"),
                    ("side_effect", "Serious side effect"),
                    ("worse", "Much worse than before"),
                    ("call_me", "Please call me"),
                    ("bladder", "Bladder symptoms"),
                    ("emergency", "Emergency"),
                    ("alarm", "Alarm at a chair"),
                    ("other", "Other"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="kind",
            field=models.CharField(
                choices=[
                    ("booking", "Book a visit"),
                    ("call_back", "Call the patient"),
                    ("contact", "Next-day contact"),
                    ("not_ready", "Not ready for the visit"),
                    ("review", "Review an answer"),
                    ("message", "A message needs a look"),
                    ("assessment", "Assess a packet"),
                    ("co_sign", "Co-sign an order"),
                    ("discrepancy", "Ledger difference"),
                    ("test", "Required test"),
                    ("vitals", "Vitals overdue"),
                    ("duplicate", "Two records of one person"),
                    ("other", "Other"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="taskevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("booking", "Book a visit"),
                    ("call_back", "Call the patient"),
                    ("contact", "Next-day contact"),
                    ("not_ready", "Not ready for the visit"),
                    ("review", "Review an answer"),
                    ("message", "A message needs a look"),
                    ("assessment", "Assess a packet"),
                    ("co_sign", "Co-sign an order"),
                    ("discrepancy", "Ledger difference"),
                    ("test", "Required test"),
                    ("vitals", "Vitals overdue"),
                    ("duplicate", "Two records of one person"),
                    ("other", "Other"),
                ],
                max_length=16,
            ),
        ),
    ]
