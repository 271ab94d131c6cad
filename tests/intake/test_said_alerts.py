"""What the patient said that everybody must know stands in the banner from the moment the packet is sent."""

import pytest

from clinic.actions.patient_alerts import end_alert
from intake.actions import packets
from intake.models import Packet
from tests.intake.packets import filled
from tests.people import people

pytestmark = pytest.mark.django_db

SAID = {
    "implants": {"implants": ["pacemaker"], "limbs_avoid": ["arm_left"], "limbs_why": "fistula"},
    "about_you": {"interpreter": "yes", "interpreter_language": "Spanish"},
    "daily_life": {"falls": "yes"},
}


def words(patient):
    return sorted(alert.words for alert in patient.alerts.filter(ended_at__isnull=True))


def test_sending_puts_them_in_the_banner_and_sending_again_doubles_nothing():
    everyone = people()
    packet = filled(everyone, **SAID)
    assert words(everyone.patient) == []
    packets.submit(packet=packet, by=everyone.patient)
    said = words(everyone.patient)
    assert said == [
        "Has fallen in the last 3 months",
        "Needs an interpreter: Spanish",
        "No blood pressure and no IV on the left arm (fistula)",
        "Pacemaker",
    ]
    assert {alert.source for alert in everyone.patient.alerts.all()} == {"patient"}
    assert all(alert.occasion_id == packet.pk for alert in everyone.patient.alerts.all())
    ended = end_alert(alert=everyone.patient.alerts.get(kind="falls"), by=everyone.nurse)
    packets.withdraw(packet=Packet.objects.get(pk=packet.pk), by=everyone.nurse, reason="again")
    packets.submit(packet=filled(everyone, **SAID), by=everyone.patient)
    assert words(everyone.patient) == said
    assert everyone.patient.alerts.filter(kind="falls").exclude(pk=ended.pk).count() == 1
    assert everyone.patient.alerts.count() == 5
