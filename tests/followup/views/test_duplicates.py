"""Likely duplicates in the browser's words: who sees which pairs, comparing, proposing, merging, undoing, queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import DuplicateNote, PatientMerge
from intake.actions.packets import invite
from tests import factories
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
LIST = "/patients/duplicates/"


p = standing(people)


@pytest.fixture
def twin(p):
    return like(p, 0)


def like(p, n, site=None):
    """Another record of the same person, with a slip in the name."""
    return factories.patient(
        at_site=site or p.site, given_name="Ngozi", family_name=f"Okafor-Tset{n}", born_on=p.patient.born_on
    )


def url(name, *args):
    return reverse(f"followup:{name}", args=args)


def merge(client, p, twin, **changes):
    data = {"keep": str(p.patient.pk), "reason": "Same address, asked on the phone"} | changes
    return client.post(url("duplicate-merge", p.patient.pk, twin.pk), data)


def test_an_administrator_compares_merges_and_undoes(p, twin):
    client = signed_in(p.clinic_admin)
    said = client.get(LIST).content.decode()
    assert "1 pair of records may be one person" in said
    assert "Same date of birth, a like name" in said
    page = client.get(url("duplicate-compare", p.patient.pk, twin.pk)).content.decode()
    for words in ("Look closely", "family name", p.patient.record_number, twin.record_number, twin.email):
        assert words in page
    response = merge(client, p, twin)
    made = PatientMerge.objects.get()
    assert response.headers["Location"] == url("merge-show", made.pk)
    assert (made.kept, made.merged, made.merged_by) == (p.patient, twin, p.clinic_admin)
    assert "No two records" in client.get(LIST).content.decode()
    assert "OKAFOR-TSET0" in client.get(LIST, {"show": "merged"}).content.decode()
    gone = client.get(url("duplicate-compare", p.patient.pk, twin.pk))
    assert gone.headers["Location"] == url("patient-show", p.patient.pk)
    assert client.post(response.headers["Location"], {"reason": ""}).status_code == 422
    assert client.post(response.headers["Location"], {"reason": "Two sisters"}).status_code == 302
    assert "Two people again" in client.get(response.headers["Location"]).content.decode()
    assert client.get(url("patient-show", twin.pk)).status_code == 200


def test_the_other_record_can_be_kept(p, twin):
    merge(signed_in(p.clinic_admin), p, twin, keep=str(twin.pk))
    assert PatientMerge.objects.get().kept == twin


def test_what_is_in_the_way_is_listed_with_links_and_what_was_typed_stays(p, twin):
    for patient in (p.patient, twin):
        invite(patient=patient, site=p.site, by=p.front_desk)
    client = signed_in(p.clinic_admin)
    assert "Both have an open packet" in client.get(url("duplicate-compare", p.patient.pk, twin.pk)).content.decode()
    response = merge(client, p, twin)
    said = response.content.decode()
    assert response.status_code == 422
    assert said.count("Both have an open packet") == 2
    assert "Same address, asked on the phone" in said
    blank = merge(client, p, twin, reason="")
    assert blank.status_code == 422
    assert merge(client, p, twin, keep=str(p.away_patient.pk)).status_code == 422
    assert not PatientMerge.objects.exists()


def test_the_front_desk_proposes_and_does_not_merge(p, twin):
    client = signed_in(p.front_desk)
    page = client.get(url("duplicate-compare", p.patient.pk, twin.pk)).content.decode()
    assert "Merge these records" not in page
    assert merge(client, p, twin).status_code == 403
    note = url("duplicate-note", p.patient.pk, twin.pk)
    assert client.post(note, {"verb": "proposed", "words": ""}).status_code == 422
    assert client.post(note, {"verb": "dismissed", "words": "Two sisters"}).status_code == 422
    assert client.post(note, {"verb": "proposed", "words": "Same phone"}).status_code == 302
    said = signed_in(p.clinic_admin).get(LIST).content.decode()
    assert "Proposed: Same phone" in said


def test_a_pair_said_to_be_two_people_moves_to_its_own_list(p, twin):
    client = signed_in(p.clinic_admin)
    note = url("duplicate-note", twin.pk, p.patient.pk)
    assert client.post(note, {"verb": "dismissed", "words": "Two sisters"}).status_code == 302
    assert "No two records" in client.get(LIST).content.decode()
    assert "Two sisters" in client.get(LIST, {"show": "dismissed"}).content.decode()
    assert client.post(note, {"verb": "reopened", "words": "A letter came"}).status_code == 302
    assert "1 pair" in client.get(LIST).content.decode()
    assert DuplicateNote.objects.count() == 2


def test_nobody_sees_a_pair_of_which_one_record_is_elsewhere(p, twin):
    far = like(p, 9, site=p.prairie)
    client = signed_in(p.clinic_admin)
    assert far.record_number not in client.get(LIST).content.decode()
    for name in ("duplicate-compare", "duplicate-note", "duplicate-merge"):
        for pair in ((p.patient.pk, far.pk), (far.pk, p.patient.pk)):
            method = client.get if name == "duplicate-compare" else client.post
            assert method(url(name, *pair)).status_code == 404
    merge(client, p, twin)
    made = PatientMerge.objects.get()
    assert signed_in(p.away["clinic_admin"]).get(url("merge-show", made.pk)).status_code == 404
    for role in ("nurse", "front_desk"):
        assert signed_in(p.by_role(role)).get(url("merge-show", made.pk)).status_code == 200
        assert signed_in(p.by_role(role)).post(url("merge-show", made.pk), {"reason": "Two people"}).status_code == 422
    made.refresh_from_db()
    assert made.undone_at is None
    assert signed_in(p.auditor).get(LIST).status_code == 403


def test_no_page_of_it_carries_what_only_clinicians_read(p, twin):
    type(twin).objects.filter(pk=twin.pk).update(reason="ptsd", reason_words="After the fire")
    said = signed_in(p.clinic_admin).get(url("duplicate-compare", p.patient.pk, twin.pk)).content.decode()
    assert "After the fire" not in said
    assert "PTSD" not in said


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_lists_take_the_same_queries_for_many_pairs(p, twin):
    client = signed_in(p.clinic_admin)
    merge(client, p, like(p, 1))
    client.post(url("duplicate-note", like(p, 2).pk, twin.pk), {"verb": "dismissed", "words": "Two sisters"})
    pages = [LIST, f"{LIST}?show=dismissed", f"{LIST}?show=merged"]
    few = [asked(client, page) for page in pages]
    for n in range(10, 20):
        other = like(p, n)
        client.post(url("duplicate-note", other.pk, twin.pk), {"verb": "dismissed", "words": "Two sisters"})
        merge(client, p, like(p, n + 20))
    assert [asked(client, page) for page in pages] == few
    assert max(few) <= 12
