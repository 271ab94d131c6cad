"""ATK-39, ONC-d2: whoever touches the record past the application, as the database's superuser, is found by the seals.

Triggers are off and grants do not count here: what is left is the chain, and the heads that left the database.
"""

import datetime as dt
import json
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from clinic import audit, clock
from clinic.actions.seal_checks import check_seals
from clinic.actions.seal_heads import write_heads
from clinic.actions.seals import seal_due
from clinic.models import AuditEvent, Seal, SealCheck, SealRecipe
from clinic.queries import seals
from clinic.queries.verifying import verify
from clinic.rules import seals as rules
from sessions.models import Entry, LedgerEntry, VitalsReading
from tests.people import people
from tests.sealing import seal_all
from tests.sessions.scene import Scene

NO_TRIGGERS = "SET session_replication_role = replica"


@pytest.fixture
def sealed(live_db, settings, tmp_path, cluster):
    """A running infusion, sealed; the heads of the day written."""
    settings.SEAL_FOLDER = tmp_path / "seals"
    scene = Scene(people())
    scene.running()
    scene.vitals(10)
    scene.vitals(20)
    return bound(scene, cluster, live_db)


@pytest.fixture
def few(live_db, settings, tmp_path, cluster):
    """Two rows of the audit, sealed; the heads of the day written."""
    settings.SEAL_FOLDER = tmp_path / "seals"
    everyone = people()
    for verb in ("visit.booked", "visit.moved"):
        audit.record(verb, None, by=everyone.nurse, site=everyone.site)
    return bound(everyone, cluster, live_db)


def bound(scene, cluster, live_db):
    scene.rows = seal_all()
    scene.heads = write_heads()
    seal_all()
    scene.past = lambda: past(cluster, live_db)
    return scene


@contextmanager
def past(cluster, name):
    """A cursor of the superuser with all triggers asleep."""
    with cluster.superuser(name) as cursor:
        cursor.execute(NO_TRIGGERS)
        yield cursor


def problems(**asked):
    return verify(at=clock.now(), **asked).problems


def touched(scene, deed, *values):
    """What the check says after this deed of a superuser."""
    with scene.past() as cursor:
        cursor.execute(deed, values)
        assert cursor.rowcount > 0, deed
    return problems()


def one(model, **asked):
    return model.objects.filter(**asked).order_by("pk").values_list("pk", flat=True)[0]


def test_atk_39_onc_d2_a_flipped_byte_a_deleted_a_swapped_and_a_put_in_row_are_named(sealed):
    assert sealed.rows > 40
    assert problems() == []
    reading = one(VitalsReading)
    flip = "UPDATE treatment_sessions_vitalsreading SET systolic = systolic # 1 WHERE entry_id = %s"
    found = touched(sealed, flip, reading)
    assert len(found) == 1
    assert found[0].startswith(f"treatment_sessions.VitalsReading {reading}: changed (seal ")
    assert touched(sealed, flip, reading) == [], "turned back, it is what was sealed"
    event = one(AuditEvent, verb="entry.vitals")
    rename = 'UPDATE clinic_auditevent SET detail = \'{"by": "another"}\' WHERE id = %s'
    assert touched(sealed, rename, event)[0].startswith(f"clinic.AuditEvent {event}: changed")
    entry = one(LedgerEntry)
    found = touched(sealed, "DELETE FROM treatment_sessions_ledgerentry WHERE id = %s", entry)
    assert any(f"treatment_sessions.LedgerEntry {entry}: deleted" in line for line in found)
    two = list(Entry.objects.filter(kind="vitals").order_by("seq").values_list("pk", flat=True)[:2])
    swap = (
        "UPDATE treatment_sessions_entry e SET observed_at = o.observed_at FROM treatment_sessions_entry o "
        "WHERE (e.id, o.id) IN ((%s, %s), (%s, %s))"
    )
    found = touched(sealed, swap, *two, *reversed(two))
    assert all(any(f"treatment_sessions.Entry {pk}: changed" in line for line in found) for pk in two)
    old = AuditEvent.objects.order_by("xact").values_list("xact", flat=True)[0]
    put_in = (
        "INSERT INTO clinic_auditevent (id, at, verb, is_look, actor_kind, subject_kind, reason, detail, request_id, "
        "demo, xact) VALUES (gen_random_uuid(), now(), 'chart.signed', false, 'user', '', '', '{}', '', false, %s) "
    )
    found = touched(sealed, put_in, str(old))
    forged = one(AuditEvent, verb="chart.signed")
    assert f"clinic.AuditEvent {forged}: put in past the application, under no seal" in found


def test_atk_39_a_row_that_says_an_older_time_than_its_place_is_named(few):
    Seal.objects.count()
    late = (
        "INSERT INTO clinic_auditevent (id, at, verb, is_look, actor_kind, subject_kind, reason, detail, request_id, "
        "demo) VALUES (gen_random_uuid(), now() - interval '3 days', 'chart.signed', false, 'user', '', '', '{}', '', "
        "false)"
    )
    assert touched(few, late) == [], "not sealed yet: no part of the answer"
    assert verify(at=clock.now()).unsealed >= 1
    seal_all()
    assert [line for line in problems() if "written later than it says" in line]


def test_atk_39_a_chain_written_anew_contradicts_the_heads_outside(few, settings, capsys):
    """A superuser who changes a row and reckons every seal anew is found by the file an auditor holds."""
    event = one(AuditEvent, verb="visit.moved")
    with few.past() as cursor:
        cursor.execute("UPDATE clinic_auditevent SET reason = 'nothing happened' WHERE id = %s", [event])
    _reckon_anew(few)
    assert problems() == [], "inside the database everything fits"
    found = problems(folder=settings.SEAL_FOLDER, keys=[json.loads(few.heads.text)["public_key"]])
    assert any("the chain was written anew" in line for line in found)
    file = next(settings.SEAL_FOLDER.glob("heads-*.json"))
    file.write_text(file.read_text().replace('"seal": 1', '"seal": 2'))
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_audit", stdout=StringIO())
    check = SealCheck.objects.order_by("-checked_at")[0]
    assert any("its signature is not ours" in line for line in check.problems)


def _reckon_anew(scene):
    """Every seal with the hashes of the rows as they are now, chained anew."""
    recipes = {row.pk: row for row in SealRecipe.objects.all()}
    heads = {}
    for seal in Seal.objects.order_by("number"):
        tables = recipes[seal.recipe_id].tables
        leaves = []
        for leaf in rules.unpack(seal.leaves):
            label, columns = tables[leaf.table]
            leaves.append(rules.Leaf(leaf.table, leaf.pk, seals.hashes_of(label, columns, [leaf.pk])[leaf.pk][0]))
        seal.leaves = rules.pack(leaves)
        seal.previous = heads.get(seal.site_id, rules.GENESIS)
        seal.head = heads[seal.site_id] = rules.head_of(seal, recipes[seal.recipe_id].digest)
        with scene.past() as cursor:
            cursor.execute(
                "UPDATE clinic_seal SET leaves = %s, previous = %s, head = %s WHERE id = %s",
                [seal.leaves, seal.previous, seal.head, str(seal.pk)],
            )


def test_atk_39_a_seal_taken_out_or_changed_is_named(few):
    audit.record("visit.booked", None, by=few.nurse, site=few.site)
    seal_all()
    first = Seal.objects.filter(site=few.site).order_by("number")[0]
    found = touched(few, "UPDATE clinic_seal SET made_at = made_at + interval '1 day' WHERE id = %s", str(first.pk))
    assert f"chain of {few.site.name}: seal 1 was changed" in found
    found = touched(few, "DELETE FROM clinic_seal WHERE id = %s", str(first.pk))
    assert f"chain of {few.site.name}: seal 1 is missing" in found
    assert any("under no seal" in line for line in found)


def test_atk_39_whoever_writes_while_it_seals_is_sealed_by_the_next_seal(few, cluster, live_db):
    """Ids and times are not the order of commits: a row of an older transaction may appear later, and is not lost."""
    import psycopg2

    slow = psycopg2.connect(cluster.url("tideline_app", live_db))
    with slow, slow.cursor() as cursor:
        cursor.execute(
            "INSERT INTO clinic_auditevent (id, at, verb, is_look, actor_kind, subject_kind, reason, detail, "
            "request_id, demo) VALUES (gen_random_uuid(), now(), 'slow.deed', false, 'system', '', '', '{}', '', false)"
        )
        audit.record("quick.deed", None, by=few.nurse, site=few.site)
        seal_due()
        quick, here = AuditEvent.objects.get(verb="quick.deed"), {pk for pk, *_ in _leaves()}
        assert quick.pk not in here, "it waits for the older one"
    slow.close()
    seal_all()
    here = {pk for pk, *_ in _leaves()}
    assert set(AuditEvent.objects.filter(verb__in=["slow.deed", "quick.deed"]).values_list("pk", flat=True)) <= here
    assert problems() == []


def _leaves():
    for data in Seal.objects.values_list("leaves", flat=True):
        yield from ((leaf.pk, leaf.table) for leaf in rules.unpack(data))


def test_atk_39_after_a_restore_into_another_cluster_the_chains_go_on(few, monkeypatch):
    """A logical copy brings its rows' transaction numbers along; the new cluster counts from its own."""
    audit.record("before.the_copy", None, by=few.nurse, site=few.site)
    before = seals.place()
    monkeypatch.setattr(seals, "place", lambda: seals.Place("another", before.xmin - 200))
    seal_due()
    audit.record("after.the_copy", None, by=few.nurse, site=few.site)
    monkeypatch.setattr(seals, "place", lambda: seals.Place("another", before.xmin + 1000))
    seal_due()
    leaves = list(_leaves())
    assert len(leaves) == len(set(leaves)), "no row is sealed twice"
    there = AuditEvent.objects.filter(verb__endswith=".the_copy").values_list("pk", flat=True)
    assert set(there) <= {pk for pk, _ in leaves}
    assert problems() == []


def test_onc_d2_the_command_says_what_it_checked_and_what_is_not_sealed(few, mailoutbox):
    audit.record("visit.booked", None, by=few.nurse, site=few.site)
    out = StringIO()
    call_command("verify_audit", stdout=out)
    said = out.getvalue()
    assert "Everything is as it was sealed." in said
    assert "Not sealed yet: " in said
    assert "1 files of heads" in said
    told = StringIO()
    call_command("verify_audit", "--json", "--silent", stdout=told)
    found = json.loads(told.getvalue())
    assert found["holds"]
    assert found["rows"] == under_seals()
    assert found["unsealed"] >= 1
    row, _ = check_seals(by=few.auditor)
    assert row.holds
    assert AuditEvent.objects.filter(verb="seal.checked", user=few.auditor).exists()
    with few.past() as cursor:
        cursor.execute("UPDATE clinic_auditevent SET verb = 'x' WHERE verb = 'visit.moved'")
    mailoutbox.clear()
    check_seals()
    check_seals(at=clock.now() + dt.timedelta(hours=1))
    subjects = [mail.subject for mail in mailoutbox]
    assert len(subjects) == len({mail.to[0] for mail in mailoutbox}) > 1, "each is told once, not every hour"
    assert set(subjects) == {"Tideline: the record does not match its seals"}


def under_seals():
    """How many rows lie under seals."""
    return sum(Seal.objects.values_list("count", flat=True))


@pytest.fixture(autouse=True)
def _close():
    yield
    connections.close_all()
