"""Whether a database is the record: what it holds, what guards it, whether its chain holds, whether a page opens."""

import json
from dataclasses import asdict, dataclass
from io import StringIO

from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from clinic import clock, grants
from clinic.backup import proof
from clinic.models import Membership, Role

WRONG_BYTES = """
    SELECT count(*) FROM clinic_document WHERE encode(sha256(content), 'hex') <> sha256
"""
MAY = "SELECT t FROM unnest(%s) t WHERE has_table_privilege(%s, t, 'UPDATE, DELETE, TRUNCATE')"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: whether it is as it must be, and what was found in words."""

    name: str
    is_good: bool
    words: str


def check_all(*, against: dict | None = None, went_on: bool = False) -> list[Check]:
    """Every check. `against` is a proof to compare with; `went_on`: the record was written to after it was taken."""
    compared = [comparison(against, went_on)] if against else []  # first: the chain's check is noted in the record
    return [*compared, migrations(), guards(), rights(), documents(), *chains(), page()]


def as_json(checks: list[Check]) -> str:
    """One line for programs."""
    return json.dumps({"good": all(check.is_good for check in checks), "checks": [asdict(check) for check in checks]})


def comparison(against: dict, went_on: bool) -> Check:
    """Row hashes of every table, triggers, constraints, indexes, functions, columns and rights."""
    with transaction.atomic(), connection.cursor() as cursor:
        found = proof.of(cursor.cursor)
        wrong = proof.differences(against, found, only_grow=grants.append_only_tables() if went_on else None)
        transaction.set_rollback(True)
    kinds = ", ".join(f"{count} {kind}" for kind, (count, _) in found["guards"].items())
    same = "nothing is gone from" if went_on else "row hashes equal in"
    words = f"{same} {len(found['tables'])} tables, {proof.rows(found)} rows; the same {kinds}"
    return Check("Against the copy", not wrong, " ".join(wrong)[:2000] or words)


def migrations() -> Check:
    """The shape is that of this code."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Check("Migrations", not plan, f"{len(plan)} are pending" if plan else "none is pending")


def guards() -> Check:
    """No trigger is switched off, no constraint unchecked, no index broken."""
    with connection.cursor() as cursor:
        found = proof.broken(cursor)
    return Check("Triggers, constraints, indexes", not found, "; ".join(found) or "all are on and valid")


def rights() -> Check:
    """The application's role can't change what may only be added to."""
    tables = sorted(grants.append_only_tables())
    with connection.cursor() as cursor:
        cursor.execute(MAY, [tables, settings.APPLICATION_ROLE])
        found = [name for (name,) in cursor.fetchall()]
    words = f"{settings.APPLICATION_ROLE} may change {', '.join(found)}: run `manage.py grant`"
    return Check("Rights", not found, words if found else f"{len(tables)} tables can only be added to")


def documents() -> Check:
    """Every document's bytes are those it was kept with."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG_BYTES)
        wrong = cursor.fetchone()[0]
    return Check("Documents", wrong == 0, f"{wrong} were changed" if wrong else "every hash holds")


def chains() -> list[Check]:
    """The audit's chain and the signed records, by the commands that check them."""
    return [_commanded("verify_audit", "Audit chain"), _commanded("verify_record", "Signed records")]


def _commanded(name: str, label: str) -> Check:
    if name not in get_commands():
        return Check(label, False, f"there is no command {name}")
    said = StringIO()
    try:
        call_command(name, stdout=said)
    except CommandError as problem:
        return Check(label, False, f"{said.getvalue().strip()[-300:]} {problem}".strip())
    return Check(label, True, (said.getvalue().strip().splitlines() or ["holds"])[-1])


def page() -> Check:
    """One page of a clinician opens and shows a patient; whatever that writes is rolled back."""
    held = Membership.objects.active(clock.now()).filter(role=Role.NURSE, user__is_active=True)
    member = held.select_related("user", "site").first()
    if member is None:
        return Check("A page", False, "nobody works here: there is no nurse to open a page as")
    with transaction.atomic():
        answer = _walk(member.user)
        transaction.set_rollback(True)
    words = f"the list of patients of {member.site.short_name} answered {answer.status_code}"
    return Check("A page", answer.status_code == 200, f"{words}, {len(answer.content)} bytes")


def _walk(user):
    """The list of patients, as this person would get it. The second factor is not asked: it is with the person."""
    host = next((name for name in settings.ALLOWED_HOSTS if not name.startswith(".")), "localhost")
    with override_settings(MFA_REQUIRED=False, ALLOWED_HOSTS=[*settings.ALLOWED_HOSTS, host]):
        client = Client(headers={"host": host})
        client.force_login(user)
        return client.get(reverse("clinic:patient-list"), secure=True)
