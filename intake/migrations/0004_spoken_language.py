"""In which language a page of the packet was answered."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0003_helped_pages"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="pageanswers",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="pageanswers",
            name="update_update",
        ),
        migrations.AddField(
            model_name="pageanswers",
            name="language",
            field=models.CharField(default="en", help_text="The language the page was answered in.", max_length=8),
        ),
        migrations.AddField(
            model_name="pageanswersevent",
            name="language",
            field=models.CharField(default="en", help_text="The language the page was answered in.", max_length=8),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pageanswers",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "intake_pageanswersevent" ("answers", "draft", "field_class", "help_id", "id", "language", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_versions", "saved_at", "slug", "state", "version") VALUES (NEW."answers", NEW."draft", NEW."field_class", NEW."help_id", NEW."id", NEW."language", NEW."packet_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question_versions", NEW."saved_at", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                    hash="51b43ebc41095afd1c750532a1aaaf9479960637",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3771b",
                    table="intake_pageanswers",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pageanswers",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "intake_pageanswersevent" ("answers", "draft", "field_class", "help_id", "id", "language", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_versions", "saved_at", "slug", "state", "version") VALUES (NEW."answers", NEW."draft", NEW."field_class", NEW."help_id", NEW."id", NEW."language", NEW."packet_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question_versions", NEW."saved_at", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                    hash="f70d3c84f27f81ac875490bbd4a4e8dd34837b1a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a2cf4",
                    table="intake_pageanswers",
                    when="AFTER",
                ),
            ),
        ),
    ]
