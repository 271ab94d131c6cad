"""An emergency is called on every screen: a kind of alert of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0013_daily_equipment_check"),
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
                    ("other", "Other"),
                ],
                max_length=16,
            ),
        ),
    ]
