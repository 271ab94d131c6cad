"""An approved version of a protocol carries a hash over all of it; a byte changed past the application shows."""

import hashlib

import pytest

from clinic.actions import setup
from clinic.models import Fingerprint, ProtocolVersion
from clinic.models.protocols import VersionPart
from clinic.queries import protocols, signed
from tests import factories
from tests.people import people
from tests.standing import standing

everyone = standing(people)


@pytest.fixture
def approved(everyone):
    return made(everyone)


def made(everyone):
    return setup.approve_version(version=factories.protocol_version(), by=everyone.prescriber)


def fallen():
    return {(told.kind, told.pk) for told in signed.check_all() if not told.holds}


# What is done to the version, and how it is undone.
TOUCHED = {
    "the version itself": ("UPDATE clinic_protocolversion SET infusion_minutes = 41",
                           "UPDATE clinic_protocolversion SET infusion_minutes = 40"),
    "a dose": ("UPDATE clinic_protocoldrug SET dose_max = 2", "UPDATE clinic_protocoldrug SET dose_max = 1"),
    "when it was approved": ("UPDATE clinic_protocolversion SET approved_at = approved_at - interval '1 day'",
                             "UPDATE clinic_protocolversion SET approved_at = approved_at + interval '1 day'"),
    "a part taken away": ("DELETE FROM clinic_standingorder", ""),
}  # fmt: skip


def test_onc_d2_whatever_is_touched_in_an_approved_version_shows(live_db, cluster):
    """With the triggers asleep, as a superuser would."""
    version = made(people())
    with cluster.superuser(live_db) as cursor:
        cursor.execute("SET session_replication_role = replica")
        for what, (deed, undone) in TOUCHED.items():
            assert fallen() == set(), what
            cursor.execute(deed)
            assert cursor.rowcount > 0, what
            assert fallen() == {("clinic.protocolversion", version.pk)}, what
            cursor.execute(undone or "SELECT 1")


def test_an_approval_keeps_a_fingerprint_with_who_and_when(approved, everyone):
    kept = Fingerprint.objects.get(subject_kind="clinic.protocolversion", subject_id=approved.pk)
    assert (kept.signed_by, kept.signed_at) == (everyone.prescriber, approved.approved_at)
    assert signed.proof_of(ProtocolVersion.objects.get(pk=approved.pk)) is True
    assert fallen() == set()


def test_a_draft_has_none(everyone):
    assert signed.proof_of(factories.protocol_version()) is None
    assert not Fingerprint.objects.filter(subject_kind="clinic.protocolversion").exists()


def parts():
    return VersionPart.__subclasses__()


def test_every_part_of_a_version_is_in_its_facts(approved):
    told = protocols.version_facts(approved)
    for model in parts():
        rows = model.objects.filter(version=approved).count()
        assert len(told.get(model._meta.model_name, [])) == rows
    assert told["protocoldrug"][0]["dose_max"] == signed.plain(approved.protocoldrugs.first().dose_max)


def test_a_new_column_is_decided_on():
    """A column more would make every version that was approved before look changed.

    Give it a line in `protocols.LATER`, with its value in those versions, and renew the figure below.
    """
    models = [ProtocolVersion, *sorted(parts(), key=lambda model: model._meta.model_name)]
    names = [f"{model._meta.model_name}.{field.attname}" for model in models for field in model._meta.concrete_fields]
    known = [name for name in names if tuple(name.split(".")) not in protocols.LATER]
    assert (len(known), hashlib.sha256(" ".join(sorted(known)).encode()).hexdigest()[:16]) == COLUMNS


COLUMNS = (86, "7ac696fc315a0071")


def test_a_later_column_at_its_old_value_changes_no_hash(approved, monkeypatch):
    before = signed.digest_of("clinic.protocolversion", approved)
    monkeypatch.setitem(protocols.LATER, ("protocolversion", "diary_days"), "[9, 9]")
    assert signed.digest_of("clinic.protocolversion", approved) == before, "another value counts"
    monkeypatch.setitem(protocols.LATER, ("protocolversion", "diary_days"), signed.plain(approved.diary_days))
    assert "diary_days" not in protocols.version_facts(approved)["version"]
