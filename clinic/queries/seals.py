"""Reading what is sealed and what is not: which tables, which rows since the last seal, and their hashes.

Postgres reckons the hashes, over the JSON text of a row's columns; connections stand at UTC (Django sets it).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import BinaryField, F, Func, JSONField, Max, Min, Q, TextField, Value
from django.db.models.functions import Cast

from clinic.models import AuditEvent, Seal, SealRecipe
from clinic.models.base import as_number
from clinic.rules import seals as rules

# How a row finds its site, the first that its table has.
SITES = (
    "site", "session__site", "entry__session__site", "course__site", "appointment__site", "message__site",
    "signature__site", "talk__site", "order__site",
)  # fmt: skip
PLACE = """
    SELECT (SELECT system_identifier::text FROM pg_control_system()),
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint
"""


@dataclass(frozen=True)
class Place:
    """Where the database stands: which cluster counts, and the oldest transaction still running."""

    cluster: str
    xmin: int


def place() -> Place:
    """The place now. Whatever was written by a transaction below `xmin` is committed and seen, or never will be."""
    with connection.cursor() as cursor:
        cursor.execute(PLACE)
        return Place(*cursor.fetchone())


def _paths(model):
    """(path to the writing transaction, path to the site or "") of a table, or None when it is not sealed."""
    names = {field.name for field in model._meta.fields}
    if not getattr(model, "append_only", False) or not getattr(model, "sealed", True):
        return None
    by = "xact" if "xact" in names else "entry__xact" if model._meta.pk.name == "entry" else ""
    sites = [path for path in SITES if path.partition("__")[0] in names and _leads(model, path)]
    return (by, sites[0] if sites else "") if by else None


def _leads(model, path):
    for step in path.split("__"):
        field = next((one for one in model._meta.fields if one.name == step and one.is_relation), None)
        if field is None:
            return False
        model = field.related_model
    return True


@cache
def sealed_models():
    """Model label -> (model, path to its transaction, path to its site), in the order of their names."""
    found = {model._meta.label: (model, _paths(model)) for model in apps.get_models()}
    return {label: (model, *paths) for label, (model, paths) in sorted(found.items()) if paths}


def current_recipe():
    """[[label, [column, ...]], ...] of all sealed tables as they are now."""
    return [
        [label, [field.attname for field in model._meta.local_concrete_fields]]
        for label, (model, _, _) in sealed_models().items()
    ]


def recipe_of(digest):
    """The recipe of this digest, or None."""
    return SealRecipe.objects.filter(digest=digest).first()


def row_hash(columns):
    """SHA-256 over a row's columns in this order, as an expression: the same bytes whoever asks (UTC, JSON text)."""
    row = Func(*[F(name) for name in columns], function="jsonb_build_array", output_field=JSONField())
    said = Func(Cast(row, TextField()), Value("UTF8"), function="convert_to", output_field=BinaryField())
    return Func(said, function="sha256", output_field=BinaryField())


def rows_between(label, start, end, columns):
    """(key, transaction, site id or None, hash) of one table's rows written by transactions from `start` below `end`,
    in the order of (transaction, key); `end` None: no end.
    """
    model, by, site = sealed_models()[label]
    rows = model.objects.annotate(xid=as_number(by)).filter(xid__gte=start)
    rows = rows if end is None else rows.filter(xid__lt=end)
    where = F(f"{site}_id") if site else Value(None, output_field=TextField())
    return rows.order_by("xid", "pk").values_list("pk", "xid", where, row_hash(columns)).iterator(chunk_size=2000)


def hashes_of(label, columns, keys):
    """{key: (hash, transaction)} of these rows of one table, as they are now."""
    model, by, _ = sealed_models()[label]
    rows = model.objects.filter(pk__in=keys).values_list("pk", row_hash(columns), as_number(by))
    return {pk: (bytes(digest), xid) for pk, digest, xid in rows}


def missing_columns(label, columns):
    """Columns a recipe names that the table no longer has; the label itself when the table is gone."""
    if label not in sealed_models():
        return [label]
    model = sealed_models()[label][0]
    return sorted(set(columns) - {field.attname for field in model._meta.local_concrete_fields})


def frontier(cluster):
    """Up to which transaction of this cluster rows are sealed; None when it has sealed none."""
    return Seal.objects.filter(cluster=cluster, carried=False).aggregate(upto=Max("upto_xact"))["upto"]


def known_between(start, end):
    """{(model label, key)} of what is sealed by seals that overlap these transactions: it came with a restored copy."""
    overlap = Seal.objects.filter(upto_xact__gt=start)
    overlap = overlap if end is None else overlap.filter(from_xact__lt=end)
    return {
        (tables[leaf.table][0], leaf.pk)
        for tables, data in overlap.values_list("recipe__tables", "leaves")
        for leaf in rules.unpack(data)
    }


def last_of(site_id):
    """The last seal of a chain without its leaves, or None."""
    return Seal.objects.defer("leaves").filter(site=site_id).order_by("-number").first()


def last_seals():
    """The last seal of every chain with its site, without leaves; the chain without a site comes last."""
    last = Seal.objects.order_by("site_id", "-number").distinct("site_id").values("pk")
    rows = Seal.objects.defer("leaves").filter(pk__in=last).select_related("site")
    return sorted(rows, key=lambda seal: (seal.site is None, seal.site.name if seal.site else ""))


@dataclass(frozen=True)
class Waiting:
    """What is not yet under a seal."""

    count: int
    oldest: datetime | None


def waiting() -> Waiting:
    """How many rows are not sealed yet (transactions from the frontier on), and how old the oldest audit row is."""
    start = frontier(place().cluster) or 0
    count = 0
    for model, by, _ in sealed_models().values():
        count += model.objects.annotate(xid=as_number(by)).filter(xid__gte=start).count()
    return Waiting(count, oldest_waiting())


def oldest_waiting():
    """When the oldest row of the audit was written that no seal covers yet; None when all are sealed."""
    start = frontier(place().cluster) or 0
    rows = AuditEvent.objects.annotate(xid=as_number()).filter(xid__gte=start)
    return rows.aggregate(oldest=Min("at"))["oldest"]


def is_sealed(events):
    """Events of the audit -> {key} of those below the frontier: the list of the log marks the others."""
    start = frontier(place().cluster) or 0
    keys = [event.pk for event in events]
    rows = AuditEvent.objects.filter(pk__in=keys).annotate(xid=as_number())
    return set(rows.filter(Q(xid__lt=start)).values_list("pk", flat=True))
