"""The alarms of a session found without reading every entry of it; built while the clinic works."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("treatment_sessions", "0012_baselines_found_by_session")]

    operations = [
        AddIndexConcurrently(
            "entry",
            models.Index(condition=models.Q(("kind", "alarm")), fields=["session", "seq"], name="entry_alarms"),
        ),
    ]
