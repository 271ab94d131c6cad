"""Alerts in the banner: said by the patient, looked into by staff, ended; never doubled."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clinic.actions import patient_alerts
from clinic.models import AuditEvent, PatientAlert
from clinic.presenters.banner import alert_words
from clinic.refusal import Refused
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


def said(everyone, *alerts):
    return patient_alerts.said_alerts(
        patient=everyone.patient, said=alerts, occasion=everyone.patient, by=everyone.patient, site=everyone.site
    )


def test_what_the_patient_said_is_marked_until_somebody_looked_into_it(everyone):
    (alert,) = said(everyone, ("device", "Pacemaker"))
    assert alert_words(everyone.patient) == ["Pacemaker (patient says, not verified)"]
    patient_alerts.verify_alert(alert=alert, by=everyone.nurse)
    patient_alerts.verify_alert(alert=alert, by=everyone.colleague)
    assert alert_words(everyone.patient) == ["Pacemaker"]
    assert AuditEvent.objects.filter(verb="alert.verified").count() == 1
    patient_alerts.end_alert(alert=alert, by=everyone.nurse)
    assert alert_words(everyone.patient) == []
    with pytest.raises(Refused):
        patient_alerts.end_alert(alert=alert, by=everyone.nurse)


def test_a_second_packet_doubles_nothing_and_takes_nothing_away(everyone):
    said(everyone, ("device", "Pacemaker"), ("falls", "Has fallen"))
    assert said(everyone, ("device", "Pacemaker")) == []
    assert PatientAlert.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        PatientAlert.objects.create(
            patient=everyone.patient, kind="device", words="Pacemaker", since=everyone.patient.added_at
        )


def test_the_same_words_by_staff_are_a_look_into_it(everyone):
    (alert,) = said(everyone, ("vein", "Veins hard to find"))
    same = patient_alerts.note_alert(
        patient=everyone.patient, kind="vein", words=" Veins hard to find ", by=everyone.nurse
    )
    assert (same, same.verified_by) == (alert, everyone.nurse)


@pytest.mark.parametrize(("kind", "words"), [("", "x"), ("device", " "), ("nonsense", "x")])
def test_an_alert_has_words_and_a_kind(everyone, kind, words):
    with pytest.raises(Refused):
        patient_alerts.note_alert(patient=everyone.patient, kind=kind, words=words, by=everyone.nurse)


def test_clinicians_note_verify_and_end_on_the_page(everyone):
    client, url = signed_in(everyone.nurse), reverse("clinic:patient-alerts", args=[everyone.patient.pk])
    assert b"No alert in the banner" in client.get(url).content
    assert client.post(url, {"kind": "", "words": "No IV left"}).status_code == 422
    client.post(url, {"kind": "no_iv", "words": "No IV left"})
    (alert,) = said(everyone, ("falls", "Has fallen"))
    shown = client.get(url).content.decode()
    assert "2 alerts in the banner" in shown
    assert "Said by the patient" in shown
    client.post(reverse("clinic:patient-alert-verify", args=[alert.pk]))
    client.post(reverse("clinic:patient-alert-end", args=[alert.pk]))
    again = client.post(reverse("clinic:patient-alert-end", args=[alert.pk]), follow=True)
    assert b"ended this already" in again.content
    assert PatientAlert.objects.get(pk=alert.pk).ended_by == everyone.nurse


def test_nobody_else(everyone):
    url = reverse("clinic:patient-alerts", args=[everyone.patient.pk])
    (alert,) = said(everyone, ("falls", "Has fallen"))
    end = reverse("clinic:patient-alert-end", args=[alert.pk])
    for user, status in ((everyone.front_desk, 403), (everyone.stranger, 404), (everyone.auditor, 403)):
        assert signed_in(user).get(url).status_code == status
        assert signed_in(user).post(end).status_code == status
