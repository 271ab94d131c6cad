"""Which readings are a session's baselines, found without reading every set of it: written by the database itself."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Those that stand already. The trigger's making holds new readings back until this is committed: none is missed.
NAME_THE_BASELINES = """
    INSERT INTO treatment_sessions_baselineset (entry_id, session_id)
      SELECT e.id, e.session_id FROM treatment_sessions_entry e
        JOIN treatment_sessions_vitalsreading v ON v.entry_id = e.id
      WHERE v.baseline
"""


class Migration(migrations.Migration):
    dependencies = [("treatment_sessions", "0011_sealed_in_the_order_of_commit")]

    operations = [
        migrations.CreateModel(
            name="BaselineSet",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="treatment_sessions.entry",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment_sessions.infusionsession",
                    ),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vitalsreading",
            trigger=pgtrigger.compiler.Trigger(
                name="vitals_baseline_named",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."baseline")',
                    func="\n    INSERT INTO treatment_sessions_baselineset (entry_id, session_id)\n      SELECT e.id, e.session_id FROM treatment_sessions_entry e WHERE e.id = NEW.entry_id;\n    IF NOT FOUND THEN\n      RAISE EXCEPTION 'vitals_baseline_named: a baseline belongs to an entry of a session';\n    END IF;\n    RETURN NEW;\n",
                    hash="1cd86e4d9c7f972a4e339d34bc7fcccc08a561be",
                    operation="INSERT",
                    pgid="pgtrigger_vitals_baseline_named_4f962",
                    table="treatment_sessions_vitalsreading",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="baselineset",
            trigger=pgtrigger.compiler.Trigger(
                name="baseline_set_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="21366ef405e2a46fba7707342b173c4adfa7a186",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_baseline_set_stays_f721b",
                    table="treatment_sessions_baselineset",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(NAME_THE_BASELINES, migrations.RunSQL.noop),
    ]
