"""A verbal order keeps the sentence that was read back; a container says which product it is."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatment_sessions", "0009_looked_at_and_called"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="order",
            name="order_words_stay",
        ),
        migrations.AddField(
            model_name="container",
            name="gtin",
            field=models.CharField(blank=True, help_text="The product in its barcode (GTIN-14).", max_length=14),
        ),
        migrations.AddField(
            model_name="container",
            name="ndc",
            field=models.CharField(
                blank=True,
                help_text="National drug code: with hyphens as typed, else the barcode's ten digits.",
                max_length=13,
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="said_back",
            field=models.CharField(
                blank=True,
                help_text="Of a verbal order: the sentence that was read back and confirmed.",
                max_length=600,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_words_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."condition" IS DISTINCT FROM (NEW."condition") OR OLD."cosign_due_at" IS DISTINCT FROM (NEW."cosign_due_at") OR OLD."dose_mg" IS DISTINCT FROM (NEW."dose_mg") OR OLD."drug" IS DISTINCT FROM (NEW."drug") OR OLD."extends_id" IS DISTINCT FROM (NEW."extends_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interval_minutes" IS DISTINCT FROM (NEW."interval_minutes") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."max_doses" IS DISTINCT FROM (NEW."max_doses") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."ordered_at" IS DISTINCT FROM (NEW."ordered_at") OR OLD."ordered_by_id" IS DISTINCT FROM (NEW."ordered_by_id") OR OLD."rate_ml_h" IS DISTINCT FROM (NEW."rate_ml_h") OR OLD."read_back" IS DISTINCT FROM (NEW."read_back") OR OLD."route" IS DISTINCT FROM (NEW."route") OR OLD."said_back" IS DISTINCT FROM (NEW."said_back") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."standing_order_id" IS DISTINCT FROM (NEW."standing_order_id") OR OLD."taken_by_id" IS DISTINCT FROM (NEW."taken_by_id") OR OLD."text" IS DISTINCT FROM (NEW."text"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="f67975252b3dd4fc07f36b365239e3a110797a3f",
                    operation="UPDATE",
                    pgid="pgtrigger_order_words_stay_9f813",
                    table="treatment_sessions_order",
                    when="BEFORE",
                ),
            ),
        ),
    ]
