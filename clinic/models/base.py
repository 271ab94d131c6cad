"""What every row of the record shares. Field classes: safe, personal, clinical, mental."""

import uuid
from string import Template

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Cast

SAFE, PERSONAL, CLINICAL, MENTAL = "safe", "personal", "clinical", "mental"
CLASSES = (SAFE, PERSONAL, CLINICAL, MENTAL)


def classify(names, field_class):
    """One class for many fields: names in one string, parted by blanks."""
    return dict.fromkeys(names.split(), field_class)


class Row(models.Model):
    """A row with an unguessable key. `append_only` and `may_delete` are read by the grants step and by house tests.

    Rows that may only be added and know their transaction (`xact`) are sealed (clinic.queries.seals), unless `sealed`
    is False.
    """

    append_only = False
    sealed = True
    may_delete = False
    CLASSIFY: dict = {}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Xid8Field(models.Field):
    """The writing transaction, so that a sealer can take rows in commit order (ids and times are not commit order)."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("db_default", Func(function="pg_current_xact_id"))
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def db_type(self, connection):
        return "xid8"


def as_number(path="xact"):
    """A writing transaction as a number that can be compared and indexed."""
    return Cast(Cast(path, models.TextField()), models.BigIntegerField())


def by_xact(name):
    """Index for the sealer of a large table: rows lie on the disk nearly in the order of their transactions."""
    return BrinIndex(as_number(), name=name, pages_per_range=32)


def stay_put(name):
    """Trigger for append-only tables: neither UPDATE nor DELETE, whoever asks."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def locked_once(name, column):
    """Trigger: once `column` is set, the row can be neither changed nor deleted."""
    return pgtrigger.Protect(
        name=name,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(**{f"old__{column}__isnull": False}),
    )


def both_or_neither(table, stem):
    """CHECK: `<stem>_at` and `<stem>_by` are both set or both empty."""
    at, by = f"{stem}_at__isnull", f"{stem}_by__isnull"
    return models.CheckConstraint(
        condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}), name=f"{table}_{stem}_at_and_by"
    )


FROZEN_PARENT = Template("""
    SELECT $frozen INTO frozen FROM $table
      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.$parent ELSE NEW.$parent END;
    IF frozen IS NOT NULL THEN
      RAISE EXCEPTION '$name: the approved version is frozen, make a new draft';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
""")


def parent_not_frozen(name, parent_table, parent_column, frozen_column):
    """Trigger for children of a frozen version: no insert, update or delete once the parent is frozen."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("frozen", "timestamptz")],
        func=FROZEN_PARENT.substitute(name=name, table=parent_table, parent=parent_column, frozen=frozen_column),
    )
