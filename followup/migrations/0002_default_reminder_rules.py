"""Reminders a week, a day and two hours before every visit, until the clinic sets its own."""

from django.db import migrations

RULES = [
    {"slot": "week", "how": "wall", "days": 7, "message_kind": "reminder_week"},
    {"slot": "day", "how": "wall", "days": 1, "message_kind": "reminder_day"},
    {"slot": "hours", "how": "elapsed", "hours": 2, "message_kind": "reminder_hours"},
]


def add(apps, schema_editor):
    model = apps.get_model("followup", "ReminderRule")
    for rule in RULES:
        model.objects.get_or_create(site=None, kind="", slot=rule["slot"], defaults=rule)


def remove(apps, schema_editor):
    slots = [rule["slot"] for rule in RULES]
    apps.get_model("followup", "ReminderRule").objects.filter(site=None, kind="", slot__in=slots).delete()


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_diary_proposals_and_reminders")]
    operations = [migrations.RunPython(add, remove, elidable=False)]
