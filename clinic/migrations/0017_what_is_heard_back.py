"""What is heard back of messages: reports, bad addresses, replies, a channel at rest; consent by channel, caps."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base
import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0016_why_visits_end_and_when_people_are_away"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="BadAddress",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "channel",
                            models.CharField(choices=[("email", "E-mail"), ("sms", "Text message")], max_length=8),
                        ),
                        ("address", models.CharField(max_length=254)),
                        ("code", models.CharField(blank=True, max_length=80)),
                        ("since", models.DateTimeField()),
                        ("cleared_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "bad addresses",
                        "ordering": ["-since"],
                    },
                ),
                migrations.CreateModel(
                    name="ChannelPause",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "E-mail"), ("sms", "Text message")], max_length=8, unique=True
                            ),
                        ),
                        ("failures", models.PositiveIntegerField(default=0, help_text="In a row; 0: it works.")),
                        ("since", models.DateTimeField(blank=True, help_text="When the first of them was.", null=True)),
                        ("until", models.DateTimeField(blank=True, help_text="Not tried before this.", null=True)),
                        ("why", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryReport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "told",
                            models.CharField(
                                choices=[
                                    ("accepted", "taken by the provider"),
                                    ("delayed", "delayed, still trying"),
                                    ("delivered", "delivered"),
                                    ("bounced", "came back"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                blank=True,
                                help_text="The other side's code; neither names nor addresses.",
                                max_length=80,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("provider", "The provider's report"),
                                    ("mail", "A mail that came back"),
                                    ("refusal", "Refused at once"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("heard_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                    ],
                    options={
                        "ordering": ["heard_at"],
                    },
                ),
                migrations.CreateModel(
                    name="TextReply",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("provider_id", models.CharField(max_length=120, unique=True)),
                        ("sender", models.CharField(max_length=40)),
                        ("words", models.TextField(blank=True)),
                        (
                            "meaning",
                            models.CharField(
                                choices=[
                                    ("stop", "No more text messages"),
                                    ("start", "Text messages again"),
                                    ("help", "Asks who this is"),
                                    ("yes", "Comes to the visit"),
                                    ("words", "Words of their own"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                    ],
                    options={
                        "verbose_name_plural": "text replies",
                        "ordering": ["received_at"],
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="message",
                    name="message_moves",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="message",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="message",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="contactchoice",
                    name="how",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("page", "On our page, by the patient"),
                            ("reply", "By a reply to a text message"),
                            ("spoken", "Said to us"),
                            ("paper", "Signed on paper"),
                        ],
                        max_length=8,
                        verbose_name="how we know",
                    ),
                ),
                migrations.AddField(
                    model_name="contactchoice",
                    name="recorded_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="message",
                    name="delivery",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "taken by the provider"),
                            ("delayed", "delayed, still trying"),
                            ("delivered", "delivered"),
                            ("bounced", "came back"),
                        ],
                        help_text="Blank: sent, and nothing was heard of it since.",
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="message",
                    name="delivery_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="messageevent",
                    name="delivery",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "taken by the provider"),
                            ("delayed", "delayed, still trying"),
                            ("delivered", "delivered"),
                            ("bounced", "came back"),
                        ],
                        help_text="Blank: sent, and nothing was heard of it since.",
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="messageevent",
                    name="delivery_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="sitepolicy",
                    name="mails_a_day",
                    field=models.PositiveSmallIntegerField(
                        default=4,
                        help_text="Of those that can be stopped: reminders, diary, forms. Days are the patient's own.",
                        verbose_name="mails a patient gets in a day, at most",
                    ),
                ),
                migrations.AddField(
                    model_name="sitepolicy",
                    name="texts_a_day",
                    field=models.PositiveSmallIntegerField(
                        default=3, verbose_name="text messages a patient gets in a day, at most"
                    ),
                ),
                migrations.AddField(
                    model_name="sitepolicy",
                    name="texts_a_week",
                    field=models.PositiveSmallIntegerField(
                        default=10, verbose_name="text messages a patient gets in seven days, at most"
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(
                        condition=models.Q(("provider_id", ""), _negated=True),
                        fields=["provider_id"],
                        name="message_by_provider",
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(
                        condition=models.Q(("sent_at__isnull", False)),
                        fields=["patient", "sent_at"],
                        name="message_sent_to",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="message_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{due:sending,due:withdrawn,due:failed,sending:sent,sending:due,sending:failed,sending:unknown,sent:failed,failed:due,failed:withdrawn,unknown:sent,unknown:due,unknown:withdrawn,withdrawn:due}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="8f65f24c5deb5e66a28f461c4f74f63a40c04bde",
                            operation="UPDATE",
                            pgid="pgtrigger_message_moves_48a85",
                            table="clinic_message",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_messageevent" ("address", "attempts", "channel", "choice_kind", "claimed_at", "claimed_by", "context", "dedupe_key", "delivery", "delivery_at", "due_at", "expires_at", "id", "kind", "last_error", "next_attempt_at", "outside", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "queued_at", "queued_by_id", "representative_id", "resolved_at", "resolved_by_id", "sent_at", "site_id", "state", "subject_id", "subject_kind", "text_id", "user_id") VALUES (NEW."address", NEW."attempts", NEW."channel", NEW."choice_kind", NEW."claimed_at", NEW."claimed_by", NEW."context", NEW."dedupe_key", NEW."delivery", NEW."delivery_at", NEW."due_at", NEW."expires_at", NEW."id", NEW."kind", NEW."last_error", NEW."next_attempt_at", NEW."outside", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."queued_at", NEW."queued_by_id", NEW."representative_id", NEW."resolved_at", NEW."resolved_by_id", NEW."sent_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."text_id", NEW."user_id"); RETURN NULL;',
                            hash="f9115fd541bf98b3e5f7ffbf739891360b3b0882",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4fec2",
                            table="clinic_message",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_messageevent" ("address", "attempts", "channel", "choice_kind", "claimed_at", "claimed_by", "context", "dedupe_key", "delivery", "delivery_at", "due_at", "expires_at", "id", "kind", "last_error", "next_attempt_at", "outside", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "queued_at", "queued_by_id", "representative_id", "resolved_at", "resolved_by_id", "sent_at", "site_id", "state", "subject_id", "subject_kind", "text_id", "user_id") VALUES (NEW."address", NEW."attempts", NEW."channel", NEW."choice_kind", NEW."claimed_at", NEW."claimed_by", NEW."context", NEW."dedupe_key", NEW."delivery", NEW."delivery_at", NEW."due_at", NEW."expires_at", NEW."id", NEW."kind", NEW."last_error", NEW."next_attempt_at", NEW."outside", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."queued_at", NEW."queued_by_id", NEW."representative_id", NEW."resolved_at", NEW."resolved_by_id", NEW."sent_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."text_id", NEW."user_id"); RETURN NULL;',
                            hash="e64aa9aeff76a4735342f2f81a962c0ebc872ce0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f58f2",
                            table="clinic_message",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitepolicy",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("mails_a_day__gte", 1), ("texts_a_day__gte", 1), ("texts_a_week__gte", 1)),
                        name="policy_messages_one_or_more",
                    ),
                ),
            ],
        ),
        clinic.together.Together(
            operations=[
                migrations.AddField(
                    model_name="badaddress",
                    name="cleared_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="deliveryreport",
                    name="message",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="clinic.message"
                    ),
                ),
                migrations.AddField(
                    model_name="textreply",
                    name="message",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="The newest text message sent to them before.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="clinic.message",
                    ),
                ),
                migrations.AddField(
                    model_name="textreply",
                    name="patient",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="text_replies",
                        to="clinic.patient",
                    ),
                ),
                migrations.AddField(
                    model_name="textreply",
                    name="site",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="text_replies",
                        to="clinic.site",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="badaddress",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cleared_at__isnull", True), ("cleared_by__isnull", True)),
                            models.Q(("cleared_at__isnull", False), ("cleared_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bad_address_cleared_at_and_by",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="badaddress",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("cleared_at__isnull", True)),
                        fields=("channel", "address"),
                        name="bad_address_open_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deliveryreport",
                    constraint=models.UniqueConstraint(fields=("message", "told", "code"), name="delivery_report_once"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deliveryreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delivery_report_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="86356328f4b57930ae145aeb44252e96f04ff9bf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_delivery_report_stays_a68bf",
                            table="clinic_deliveryreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="textreply",
                    trigger=pgtrigger.compiler.Trigger(
                        name="text_reply_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1692c706733e8347530ff26f06163709e3539470",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_text_reply_stays_1a032",
                            table="clinic_textreply",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
