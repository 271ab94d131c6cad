"""ATK-04: lists, searches, fragments and streams show their own clinic and their own class of facts, nothing beside."""

import time

import pytest
from django.conf import settings
from django.urls import reverse

from clinic import live
from sessions import actions
from tests.attacks.sessions import Clinics
from tests.house import matrix
from tests.house.matrix_objects import nouns, params
from tests.people import people, signed_in

pytestmark = pytest.mark.django_db

# Rows that the whole clinic shares: protocols and texts carry no site.
SHARED = (
    "version", "protocol", "standing", "rulelevel", "consent_text", "message_text", "education_text", "letter_text",
    "reminder_rule", "site",
)  # fmt: skip
# What a front desk never reads, written into an infusion of its own clinic.
CLINICAL = ("Zirconium", "Ytterbium", "Xenotime")
SEARCHED = ("q", "search", "name", "record_number", "patient", "user", "site", "chair", "nurse", "room")
# Part of the name of somebody of the other clinic: what a page shows again in its search box is no answer.
SOUGHT = "Elsewhere"
STAFF = ("front_desk", "nurse", "clinic_admin", "auditor")
LISTS_ONLY = ("clinic_admin", "auditor")


@pytest.fixture
def clinics():
    made = Clinics(people())
    scene = made.own
    scene.do(actions.record_note, 24, text=f"{CLINICAL[0]} was said")
    scene.do(actions.record_side_effect, 25, term=CLINICAL[1], severity="mild", text=CLINICAL[2])
    for side in (made.own_side, made.foreign_side):
        for noun in ("task", "alert", "message", "test_order", "twin", "later_visit", "difference", "device"):
            side.get(noun)
    return made


def pages(role):
    """Every path this role may ask for that has no foreign row in its address; papers in PDF are ATK-03's."""
    for path in matrix.paths():
        door = getattr(path.view, "door", None)
        if door is None or path.namespace == "dev" or "pdf" in path.name or None in nouns(path).values():
            continue
        if path.params and role in LISTS_ONLY:
            continue
        if (door.kind, role) == ("patient_link", "patient") or (door.kind == "staff" and role in door.roles):
            yield path


def foreign_words(clinics):
    """What tells a foreign row: its id, its people's names and numbers."""
    shared = {str(getattr(clinics.foreign_side.made.get(n), "pk", "")) for n in SHARED}
    ids = {str(row.pk) for noun, row in clinics.foreign_side.made.items() if hasattr(row, "pk") and noun != "user"}
    patient = clinics.people.away_patient
    return ids - shared - {""} | {patient.family_name, f">{patient.record_number}<"}


def texts(client, role, clinics):
    """(address, what it answers) of every page of a role, its own rows in the address; searches ask for the others."""
    asked = dict.fromkeys(SEARCHED, SOUGHT)
    for path in pages(role):
        there = reverse(path.name, kwargs=params(path, clinics.own_side) or None)
        for query in ({}, asked) if not path.params else ({},):
            answer = client.get(there, query)
            if answer.status_code in (200, 422) and "pdf" not in answer.headers.get("Content-Type", ""):
                yield there, b"".join(answer).decode(errors="replace")


def around(text, word):
    """The first place where a word stands, with what is around it."""
    place = text.index(word)
    return text[max(0, place - 150) : place + 80]


def test_atk_04_no_page_of_the_staff_names_anything_of_another_clinic(clinics):
    """And none of the front desk's anything clinical of its own."""
    words, nurse = foreign_words(clinics), signed_in(clinics.people.nurse)
    record = nurse.get(reverse("sessions:record-show", args=[clinics.own.session.pk])).content.decode()
    assert all(word.lower() in record.lower() for word in CLINICAL), "a nurse does read them"
    for role in STAFF:
        seen = 0
        for there, text in texts(signed_in(clinics.people.by_role(role)), role, clinics):
            found = [word for word in words if word in text]
            assert found == [], f"{role}: {there} shows {around(text, found[0])}"
            clinical = [word for word in CLINICAL if word.lower() in text.lower()]
            assert role == "nurse" or not clinical, f"{role}: {there} shows {clinical}"
            seen += 1
        assert seen > 5, role


def test_atk_04_a_patient_by_link_reads_only_their_own(clinics):
    visitor = matrix.clients(clinics.people, clinics.own_side)["patient"]
    others = {clinics.people.away_patient.family_name, str(clinics.neighbour.patient.pk), "Beside-Test"}
    seen = 0
    for there, text in texts(visitor, "patient", clinics):
        assert not [word for word in others | foreign_words(clinics) if word in text], there
        seen += 1
    assert seen > 5


def test_atk_04_a_stream_is_the_own_sites_whatever_is_asked_for(clinics):
    client, away = signed_in(clinics.people.nurse), clinics.people.prairie
    client.post(reverse("clinic:site-set"), {"site": away.pk})
    for query in ({}, {"site": away.pk}):
        assert client.get(reverse("clinic:live-ticket"), query).status_code == 200
        said = live.read_ticket(client.cookies[settings.LIVE_COOKIE_NAME].value, now=time.time())
        assert said["s"] == str(clinics.people.harbor.pk)
    assert signed_in().get(reverse("clinic:live-ticket")).status_code == 302
