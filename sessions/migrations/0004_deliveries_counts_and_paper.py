"""Deliveries with their papers, counts by two people, days closed, downtime packs, sheets typed in from paper."""

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
        ("clinic", "0011_ledger_and_paper_settings"),
        ("clinic", "__first__"),
        ("treatment_sessions", "0003_monitors"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="DayClose",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The day at the site.")),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("closed", "Closed"), ("reopened", "Opened again")], max_length=8
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("reason", models.TextField(blank=True)),
                        (
                            "facts",
                            models.JSONField(
                                default=dict, help_text="What was true when it was closed, and what was explained."
                            ),
                        ),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="day_closes", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-day", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("site", "day", "number"), name="day_close_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "closed"),
                                    models.Q(("kind", "reopened"), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="day_reopened_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("supplier", models.CharField(max_length=120)),
                        ("supplier_address", models.CharField(blank=True, max_length=200)),
                        (
                            "supplier_dea",
                            models.CharField(blank=True, max_length=20, verbose_name="supplier's DEA number"),
                        ),
                        ("invoice", models.CharField(blank=True, max_length=60)),
                        (
                            "order_form",
                            models.CharField(
                                blank=True,
                                help_text="Only schedule II is ordered on it.",
                                max_length=40,
                                verbose_name="DEA form 222 number",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("received_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "received_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "deliveries",
                        "ordering": ["-received_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("supplier", ""), _negated=True), name="delivery_names_supplier"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DowntimePack",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The day at the site.")),
                        ("made_at", models.DateTimeField()),
                        ("content", models.BinaryField()),
                        ("size", models.PositiveIntegerField(help_text="Bytes.")),
                        (
                            "sha256",
                            models.CharField(
                                blank=True, help_text="Over the bytes, checked each time it is sent.", max_length=64
                            ),
                        ),
                        (
                            "visits",
                            models.JSONField(default=dict, help_text="Visit -> a hash of what was printed about it."),
                        ),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: made in the morning.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="downtime_packs",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at"],
                        "indexes": [models.Index(fields=["site", "day", "-made_at"], name="pack_by_site_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "size",
                                        models.Func(
                                            models.F("content"),
                                            function="octet_length",
                                            output_field=models.IntegerField(),
                                        ),
                                    )
                                ),
                                name="pack_size_is_its_bytes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("problem", ""), ("size__gt", 0), models.Q(("sha256", ""), _negated=True)),
                                    models.Q(models.Q(("problem", ""), _negated=True), ("sha256", ""), ("size", 0)),
                                    _connector="OR",
                                ),
                                name="pack_or_problem",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperLine",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_line",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="treatment_sessions.papersheet",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PaperSheet",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("outage", models.CharField(help_text="Why it was charted on paper.", max_length=200)),
                        ("sheet_on", models.DateField(help_text="The day on the sheet, at the site.")),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("opened_at", models.DateTimeField()),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        (
                            "author",
                            models.ForeignKey(
                                help_text="Who charted on paper.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_sheets",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["opened_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="paper_sheet_signed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_by__isnull", True),
                                    models.Q(
                                        ("signed_by", models.F("author")), models.Q(("printed_name", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="paper_sheet_signed_by_author",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outage", ""), _negated=True), name="paper_sheet_says_why"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockCount",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("day", "Count"),
                                    ("initial", "Initial inventory"),
                                    ("biennial", "Biennial inventory"),
                                ],
                                default="day",
                                max_length=8,
                            ),
                        ),
                        (
                            "moment",
                            models.CharField(
                                blank=True,
                                choices=[("open", "At opening of business"), ("close", "At close of business")],
                                max_length=5,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("counted_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "counted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stock_counts",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "witness",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-counted_at"],
                        "indexes": [models.Index(fields=["site", "-counted_at"], name="count_by_site")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("witness", models.F("counted_by")), _negated=True),
                                name="count_by_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["day", "initial", "biennial"])),
                                name="count_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "day"), models.Q(("moment", ""), _negated=True), _connector="OR"
                                ),
                                name="inventory_says_open_or_close",
                            ),
                        ],
                    },
                ),
                migrations.RemoveConstraint(
                    model_name="ledgerentry",
                    name="ledger_mg_above_zero",
                ),
                migrations.RemoveConstraint(
                    model_name="ledgerentry",
                    name="ledger_witnessed",
                ),
                migrations.AddField(
                    model_name="container",
                    name="came_from",
                    field=models.OneToOneField(
                        blank=True,
                        help_text="The same vial at another site.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="went_to",
                        to="treatment_sessions.container",
                    ),
                ),
                migrations.AddField(
                    model_name="container",
                    name="kept_in",
                    field=models.CharField(blank=True, help_text="The safe or cupboard.", max_length=40),
                ),
                migrations.AddField(
                    model_name="container",
                    name="schedule",
                    field=models.CharField(
                        choices=[("II", "C-II"), ("III", "C-III"), ("IV", "C-IV"), ("V", "C-V")],
                        default="III",
                        help_text="Of the controlled drug.",
                        max_length=3,
                    ),
                ),
                migrations.AddField(
                    model_name="discrepancy",
                    name="outcome",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("charting", "Charted or read off wrong, the drug is accounted for"),
                            ("measuring", "Measured wrong, or overfill of the container"),
                            ("spilled", "Spilled or broken"),
                            ("loss", "Loss or theft: cannot be accounted for"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="ledgerentry",
                    name="corrects",
                    field=models.OneToOneField(
                        blank=True,
                        help_text="What this takes back.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="treatment_sessions.ledgerentry",
                    ),
                ),
                migrations.AddField(
                    model_name="ledgerentry",
                    name="manner",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("rest", "Left over after use"),
                            ("dead_space", "Dead space of line and connectors"),
                            ("expired", "Expired or open too long"),
                            ("broken", "Broken or spilled"),
                            ("destroyed", "Destroyed, DEA form 41"),
                            ("supplier", "Back to the supplier"),
                            ("distributor", "To a reverse distributor"),
                            ("site", "To another site"),
                            ("found", "Found in the count"),
                        ],
                        max_length=12,
                    ),
                ),
                migrations.AddField(
                    model_name="ledgerentry",
                    name="to_site",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.site",
                    ),
                ),
                migrations.AlterField(
                    model_name="container",
                    name="volume_ml",
                    field=models.DecimalField(decimal_places=3, max_digits=8),
                ),
                migrations.AlterField(
                    model_name="discrepancy",
                    name="expected_mg",
                    field=models.DecimalField(decimal_places=3, help_text="As the ledger stands.", max_digits=10),
                ),
                migrations.AlterField(
                    model_name="discrepancy",
                    name="found_mg",
                    field=models.DecimalField(decimal_places=3, help_text="As charted or counted.", max_digits=10),
                ),
                migrations.AlterField(
                    model_name="ledgerentry",
                    name="computed_mg",
                    field=models.DecimalField(blank=True, decimal_places=3, max_digits=10, null=True),
                ),
                migrations.AlterField(
                    model_name="ledgerentry",
                    name="mg",
                    field=models.DecimalField(decimal_places=3, max_digits=10),
                ),
                migrations.AlterField(
                    model_name="preparation",
                    name="diluent_ml",
                    field=models.DecimalField(decimal_places=3, default=0, max_digits=9),
                ),
                migrations.AlterField(
                    model_name="preparation",
                    name="volume_ml",
                    field=models.DecimalField(decimal_places=3, max_digits=9),
                ),
                migrations.AddField(
                    model_name="container",
                    name="delivery",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="containers",
                        to="treatment_sessions.delivery",
                    ),
                ),
                migrations.AddField(
                    model_name="ledgerentry",
                    name="stock_count",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="treatment_sessions.stockcount",
                    ),
                ),
                migrations.AddIndex(
                    model_name="ledgerentry",
                    index=models.Index(fields=["site", "posted_at"], name="ledger_of_site"),
                ),
                migrations.AddConstraint(
                    model_name="ledgerentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("mg__gt", 0),
                            models.Q(("kind__in", ["counted", "given"]), ("mg", 0)),
                            ("discrepancy__isnull", False),
                            ("corrects__isnull", False),
                            _connector="OR",
                        ),
                        name="ledger_mg_above_zero",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ledgerentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("witness__isnull", False),
                            models.Q(
                                models.Q(("kind__in", ["wasted", "returned", "counted"]), _negated=True),
                                ("corrects__isnull", True),
                                ("discrepancy__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_witnessed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ledgerentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("mg__lt", 0), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="ledger_taken_back_with_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ledgerentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("to_site__isnull", True),
                            models.Q(
                                ("kind", "returned"),
                                ("manner", "site"),
                                models.Q(("to_site", models.F("site")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_goes_to_another_site",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dayclose",
                    trigger=pgtrigger.compiler.Trigger(
                        name="day_close_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5e631b40b1518706244310ec0b58a89c15edbbea",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_day_close_stays_61d56",
                            table="treatment_sessions_dayclose",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="delivery",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delivery_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2a429ee333066587813b7e896c7b90e186370072",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_delivery_stays_1ce90",
                            table="treatment_sessions_delivery",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="downtimepack",
                    trigger=pgtrigger.compiler.Trigger(
                        name="downtime_pack_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="44c5f979c4eb803fc7522e4c3b12a42b0dc24a06",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_downtime_pack_stays_b1ace",
                            table="treatment_sessions_downtimepack",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="papersheet",
                    trigger=pgtrigger.compiler.Trigger(
                        name="paper_sheet_signed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fe697276061863f887a593b1fa3fe4a9d3d84dcb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_paper_sheet_signed_stays_36577",
                            table="treatment_sessions_papersheet",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="paperline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="paper_line_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a2fd0e0ccf3d5477a4a785f59e262c46869fe532",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_paper_line_stays_4ecbb",
                            table="treatment_sessions_paperline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stockcount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stock_count_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ba7144851e62750cdb50b3b4ff413c467f1b47dc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stock_count_stays_86dc1",
                            table="treatment_sessions_stockcount",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
