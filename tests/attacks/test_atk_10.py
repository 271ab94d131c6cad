"""ATK-10: what patients and staff type comes back as text, on every page that shows it, to everyone who reads it."""

import html.parser

import pytest

from clinic import clock
from clinic.actions.alerts import acknowledge_alert, raise_alert
from clinic.actions.tasks import open_task
from clinic.models import AllergyStatement, Patient
from intake import questions
from intake.actions import packets
from tests.intake.packets import TYPED, filled, invited
from tests.people import by_link, people, signed_in

pytestmark = pytest.mark.django_db
MARK = (
    "\"'><svg onload=alert(1)><img src=x onerror=alert(2)></script><script>alert(3)</script>{{7*7}}javascript:alert(4)"
)
SHORT = "\"'><svg onload=alert(1)>"
STAFF = ("front_desk", "nurse", "prescriber", "clinic_admin", "auditor")


class Elements(html.parser.HTMLParser):
    """What a browser would make of a page: handlers on elements, scripts with words in them, links that run."""

    def __init__(self, page):
        super().__init__()
        self.found, self.inside = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.inside = tag
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_data(self, data):
        if self.inside == "script" and "alert(" in data:
            self.found.append(data)

    def handle_endtag(self, tag):
        self.inside = ""


def harmless(response):
    """No element of this page came out of what was typed; returns the page."""
    page = response.content.decode()
    assert Elements(page).found == [], response.request["PATH_INFO"]
    return page


@pytest.fixture
def everyone():
    """The patient's record, filled with what an attacker would type."""
    found = people()
    patient = found.patient
    told = dict.fromkeys(("preferred_name", "emergency_name", "emergency_relation", "given_name"), MARK[:60])
    told |= {"family_name": SHORT, "address": MARK, "phone": SHORT, "emergency_phone": SHORT, "reason_words": MARK}
    Patient.objects.filter(pk=patient.pk).update(**told)
    patient.refresh_from_db()
    patient.save()
    AllergyStatement.objects.create(patient=patient, substance=SHORT, reaction=MARK[:100], said_at=clock.now())
    return found


def typed(slug):
    """What is typed on a page, every free text replaced by the mark."""
    form = questions.BY_SLUG[slug].form
    free = {name for name, field in form.base_fields.items() if type(field).__name__ == "CharField"}
    return TYPED.get(slug, {}) | dict.fromkeys(free, MARK)


def test_atk_10_the_checker_would_find_it():
    assert Elements(f"<p>{MARK}</p>").found
    assert Elements(f'<a href="javascript:alert(4)">x</a><input value="{SHORT}">').found
    assert Elements("<p>&lt;svg onload=alert(1)&gt;</p>").found == []


def test_atk_10_a_patients_name_is_text_on_every_page_of_staff(everyone):
    packet = invited(everyone)
    alert = raise_alert("other", patient=everyone.patient, site=everyone.site, words=MARK, by=None)
    task = open_task("other", title=MARK, details=MARK, site=everyone.site, patient=everyone.patient,
                     due_at=clock.now(), by=None, for_role="nurse")  # fmt: skip
    pk = everyone.patient.pk
    pages = [
        "/patients/",
        "/patients/?q=svg",
        "/patients/find/",
        f"/patients/{pk}/",
        f"/patients/{pk}/edit/",
        "/tasks/",
    ]
    pages += [
        f"/tasks/{task.pk}/",
        f"/tasks/alerts/{alert.pk}/",
        "/tasks/alerts/waiting/",
        "/tasks/?show=all",
        "/outbox/?show=due",
    ]
    pages += [
        "/intake/",
        f"/intake/{packet.pk}/",
        "/intake/?show=all",
        "/audit/",
        "/board/",
        "/schedule/",
        "/admin/clinic/patient/",
    ]
    pages += [f"/admin/clinic/patient/{pk}/change/", f"/visits/book/{pk}/"]
    seen = 0
    for role in STAFF:
        client = signed_in(everyone.by_role(role))
        for there in pages:
            response = client.get(there, follow=True)
            seen += "onload=alert(1)" in harmless(response)
    assert seen > 20


def test_atk_10_what_is_refused_comes_back_as_text(everyone):
    desk = signed_in(everyone.front_desk)
    response = desk.post("/patients/add/", {"family_name": MARK, "given_name": MARK, "email": MARK, "phone": "1"})
    assert response.status_code == 422
    assert "onload=alert(1)" in harmless(response)
    nurse = signed_in(everyone.nurse)
    alert = raise_alert("other", patient=everyone.patient, site=everyone.site, words=MARK, by=None)
    acknowledge_alert(alert=alert, by=everyone.colleague, done_words=MARK)
    assert "onload=alert(1)" in harmless(nurse.get(f"/tasks/alerts/{alert.pk}/"))
    late = nurse.post(f"/tasks/alerts/{alert.pk}/take/", {"done_words": MARK})
    assert late.status_code == 409
    harmless(late)


def test_atk_10_a_packet_full_of_it_is_text_to_the_patient_and_to_staff(everyone):
    packet = invited(everyone)
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    for page in questions.PAGES:
        there = f"/packet/{page.slug}/"
        harmless(client.post(there, typed(page.slug) | {"version": "0", "do": "continue"}, follow=True))
        harmless(client.get(there))
        harmless(client.post(there, typed(page.slug) | {"version": "0", "do": "later"}, follow=True))
    for there in ("/packet/", "/packet/check/", "/packet/?saved=1"):
        harmless(client.get(there))
    for role in STAFF[:3]:
        harmless(signed_in(everyone.by_role(role)).get(f"/intake/{packet.pk}/"))


def test_atk_10_what_was_sent_is_text_in_the_review(everyone):
    packet = filled(everyone, goals={"goal_first": MARK[:120]}, questions={"clinic_questions": MARK})
    packets.submit(packet=packet, by=everyone.patient)
    for user in (everyone.nurse, everyone.prescriber, everyone.front_desk):
        harmless(signed_in(user).get(f"/intake/{packet.pk}/"))
    prescriber = signed_in(everyone.prescriber)
    shown = harmless(prescriber.post(f"/intake/{packet.pk}/assess/", follow=True))
    assert "onload=alert(1)" in shown


def test_atk_10_a_mail_carries_it_as_plain_text_and_one_line_of_subject(everyone, mailoutbox):
    from clinic.notify import enqueue, sender

    Patient.objects.filter(pk=everyone.patient.pk).update(preferred_name="Ngo\r\nBcc: evil@tideline.example")
    everyone.patient.refresh_from_db()
    at = clock.now().replace(hour=17)
    enqueue("decision", recipient=everyone.patient, site=everyone.site, dedupe_key="x", due_at=at,
            context={"next_step": "We call you."})  # fmt: skip
    sender.sweep(at=at)
    letter = mailoutbox[0]
    assert letter.bcc == []
    assert letter.content_subtype == "plain"
    assert "\n" not in letter.subject
