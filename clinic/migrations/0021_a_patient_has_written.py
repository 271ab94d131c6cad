"""A kind of task for what a patient has written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0020_doors_to_offers_and_own_page"),
    ]

    operations = [
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
                    ("talk", "A patient has written"),
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
                    ("talk", "A patient has written"),
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
