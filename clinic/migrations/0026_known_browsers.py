"""Browsers in which staff signed in with every factor."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0025_sealed_in_the_order_of_commit"),
    ]

    operations = [
        migrations.CreateModel(
            name="KnownBrowser",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("mark", models.CharField(help_text="SHA-256 of the secret in the browser's cookie.", max_length=64)),
                ("words", models.CharField(help_text="What kind of browser: Chrome on Android.", max_length=60)),
                ("address", models.GenericIPAddressField(blank=True, null=True)),
                ("since", models.DateTimeField()),
                ("full_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forgotten", "Forgotten by its owner"),
                            ("signed_out", "All sign-ins ended"),
                            ("lost", "A device was lost"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="browsers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-full_at"],
                "indexes": [models.Index(fields=["mark"], name="known_browser_by_mark")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "mark"),
                        name="known_browser_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("ended_why", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("ended_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="known_browser_ended_with_why",
                    ),
                ],
            },
        ),
    ]
