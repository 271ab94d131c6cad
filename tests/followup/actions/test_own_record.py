"""Copies of whole records: claimed before the work, never made twice, given up after three tries, gone after a week."""

import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest
from django.core.exceptions import ObjectDoesNotExist

from clinic import clock
from clinic.actions.documents import keep_document
from clinic.models import PatientLink, Task
from followup.actions import own_record as actions
from followup.models import RecordArchive
from tests import factories

PDF = b"%PDF-1.4 test\n"


@pytest.fixture(autouse=True)
def quick_paper(monkeypatch, request):
    """PDFs take their time: one test makes real ones."""
    if "real_paper" not in request.fixturenames:
        monkeypatch.setattr("followup.archive.pdf", lambda html, **limits: b"%PDF-" + html[:20].encode())


@pytest.fixture
def real_paper():
    """Make PDFs as the worker does."""


@pytest.fixture
def archive(p):
    return actions.ask_archive(patient=p.patient, site=p.site, by=p.nurse)


def made(archive):
    archive.refresh_from_db()
    return zipfile.ZipFile(io.BytesIO(bytes(archive.content)))


def test_it_holds_the_summary_the_data_every_infusion_and_every_paper(p, archive, pain_course, real_paper):
    course = pain_course()
    factories.infusion(course=course, on=dt.date(2026, 5, 1), nurse=p.nurse, mg="40", minutes=40)
    keep_document(
        patient=p.patient, site=p.site, kind="letter", title="A letter", content=PDF, media_type="application/pdf",
        field_class="clinical", by=p.nurse,
    )  # fmt: skip
    actions.make_due()
    box = made(archive)
    names = box.namelist()
    assert archive.parts == archive.parts_done == 4
    assert [name for name in names if name.startswith("infusions/")][0].startswith("infusions/2026-05-01-infusion-1")
    paper = next(name for name in names if name.startswith("papers/"))
    assert box.read(paper) == PDF
    assert any(name in names for name in ("record.pdf", "record.html"))


def test_every_file_has_its_sum(p, archive):
    actions.make_due()
    box = made(archive)
    sums = dict(reversed(line.split("  ")) for line in box.read("SHA256SUMS.txt").decode().splitlines())
    assert set(sums) == set(box.namelist()) - {"SHA256SUMS.txt"}
    assert all(hashlib.sha256(box.read(name)).hexdigest() == said for name, said in sums.items())


def test_another_patient_and_every_key_stay_out(p, archive):
    other = factories.patient(at_site=p.site, family_name="Somebody-Else")
    factories.appointment(of=other, at_site=p.site)
    factories.link(of=p.patient, at_site=p.site, purpose="visits")
    actions.make_due()
    text = made(archive).read("record.json").decode()
    assert "Somebody-Else" not in text
    assert PatientLink.objects.get().token_hash not in text
    assert "token_hash" not in text
    assert json.loads(text)["left_out"]["clinic.PatientLink"]


def test_the_merged_record_comes_along(p, archive):
    twin = factories.patient(at_site=p.site, family_name="Old-Name")
    factories.merge(kept=p.patient, merged=twin, by=p.clinic_admin)
    actions.make_due()
    assert "Old-Name" in made(archive).read("record.json").decode()


def test_asking_twice_is_once_and_a_fresh_one_is_taken_again(p, archive):
    assert actions.ask_archive(patient=p.patient, site=p.site, by=p.nurse) == archive
    actions.make_due()
    assert actions.ask_archive(patient=p.patient, site=p.site, by=p.nurse) == archive
    later = clock.now() + dt.timedelta(hours=2)
    assert actions.ask_archive(patient=p.patient, site=p.site, by=p.nurse, at=later) != archive


def test_a_worker_that_died_leaves_it_to_the_next(p, archive):
    claimed = actions._claim(clock.now())
    assert claimed.state == "making"
    assert actions.make_due(at=clock.now() + dt.timedelta(minutes=9)) == 0, "somebody is at it"
    assert actions.make_due(at=clock.now() + dt.timedelta(minutes=11)) == 1
    archive.refresh_from_db()
    assert (archive.state, archive.attempts) == ("ready", 2)


def test_the_one_that_lost_its_claim_writes_nothing(p, archive, monkeypatch):
    claimed = actions._claim(clock.now())
    RecordArchive.objects.filter(pk=archive.pk).update(attempts=2)
    actions.make(claimed)
    archive.refresh_from_db()
    assert (archive.state, archive.size) == ("making", 0)


def test_after_three_failures_it_is_given_up_and_somebody_is_told(p, archive, monkeypatch):
    monkeypatch.setattr(actions, "build", _spoiled)
    for minutes in (0, 2, 4):
        actions.make_due(at=clock.now() + dt.timedelta(minutes=minutes))
    archive.refresh_from_db()
    assert (archive.state, archive.error) == ("failed", "ValueError")
    assert Task.objects.get(subject_id=archive.pk).for_role == "nurse"
    assert actions.make_due(at=clock.now() + dt.timedelta(hours=1)) == 0


def _spoiled(patient, site, *, progress):
    raise ValueError(f"{patient.family_name} is spoiled")


def test_after_a_week_its_bytes_are_gone_and_that_it_was_there_stays(p, archive):
    actions.make_due()
    assert actions.empty_old(at=clock.now() + dt.timedelta(days=6)) == 0
    assert actions.empty_old(at=clock.now() + dt.timedelta(days=8)) == 1
    archive.refresh_from_db()
    assert (archive.state, bytes(archive.content)) == ("emptied", b"")
    assert archive.sha256


def test_unknown_errors_are_not_swallowed(p, archive, monkeypatch):
    def gone(*args, **kwargs):
        raise ObjectDoesNotExist

    monkeypatch.setattr(actions, "build", gone)
    with pytest.raises(ObjectDoesNotExist):
        actions.make_due()
