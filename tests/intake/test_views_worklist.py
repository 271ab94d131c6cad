"""The list of packets: where each one waits, whose it is, how it is searched and given."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic import clock
from clinic.actions.required_tests import ask_for_tests, cancel_test
from clinic.models import AuditEvent
from intake.actions import assessments, packets
from intake.models import Packet
from tests import factories
from tests.intake.packets import assessed, invited, submitted
from tests.intake.second import answered, asked, days_ago, settled
from tests.people import people, searched, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
MOST = 12


everyone = standing(people)


def url(name, *args):
    return reverse(f"intake:{name}", args=args)


def text(response):
    return response.content.decode()


def queries(client, address):
    """How many queries the second visit of a page takes (the first fills what a sign-in keeps)."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


# ---- worklists
def test_each_packet_stands_in_the_list_it_waits_in(everyone):
    client = signed_in(everyone.front_desk)

    def listed(name):
        page = text(client.get(url("packet-list") + f"?show={name}"))
        return "OKAFOR-TEST, Ngozi" in page

    packet = invited(everyone)
    assert [name for name in ("invited", "filling", "stuck", "waiting", "decide") if listed(name)] == ["invited"]
    Packet.objects.filter(pk=packet.pk).update(state="started")
    assert listed("filling")
    assert not listed("stuck")
    Packet.objects.filter(pk=packet.pk).update(touched_at=days_ago(4))
    assert listed("stuck")
    assert not listed("filling")


def test_a_sent_packet_moves_through_waiting_answers_tests_and_decide(everyone):
    client = signed_in(everyone.prescriber)

    def listed():
        names = ("waiting", "answers", "tests", "decide", "closed")
        pages = {name: text(client.get(url("packet-list") + f"?show={name}")) for name in names}
        return [name for name, page in pages.items() if "OKAFOR-TEST, Ngozi" in page]

    packet = submitted(everyone)
    assert listed() == ["waiting"]
    assessment = assessments.start_assessment(packet=packet, by=everyone.prescriber)
    assert listed() == ["decide"]
    due = {"due_on": clock.now().date(), "by": everyone.prescriber}
    (order,) = ask_for_tests(patient=everyone.patient, site=everyone.site, codes=["ecg"], **due)
    assert listed() == ["tests"]
    request = asked(packet, everyone.nurse, "goals")
    assert listed() == ["answers"]
    answered(request, everyone.patient)
    cancel_test(order=order, reason="Done elsewhere.", by=everyone.prescriber)
    assert listed() == ["decide"]
    settled(assessment, everyone.prescriber)
    assert listed() == ["closed"]


def test_the_list_is_searched_and_shows_what_is_mine(everyone):
    assessed(everyone)
    mine, other = signed_in(everyone.prescriber), signed_in(everyone.prescriber_too)
    address = url("packet-list") + "?show=decide&holder=mine"
    assert "OKAFOR-TEST, Ngozi" in text(mine.get(address))
    assert "OKAFOR-TEST, Ngozi" not in text(other.get(address))
    assert "OKAFOR-TEST, Ngozi" in text(searched(mine, url("packet-list"), show="decide", q="okafor"))
    assert "No packet of this list fits" in text(searched(mine, url("packet-list"), show="decide", q="nobody"))


def test_giving_a_packet_from_the_list(everyone):
    packet = submitted(everyone)
    client = signed_in(everyone.front_desk)
    client.post(url("packet-hold", packet.pk), {"holder": str(everyone.prescriber.pk), "was": "", "show": "waiting"})
    packet.refresh_from_db()
    assert packet.held_by == everyone.prescriber
    client.post(
        url("packet-hold", packet.pk), {"holder": str(everyone.prescriber_too.pk), "was": "", "show": "waiting"}
    )
    packet.refresh_from_db()
    assert packet.held_by == everyone.prescriber
    assert AuditEvent.objects.filter(verb="packet.held").count() == 1


@pytest.mark.parametrize("shown", ["invited", "waiting"])
def test_the_list_takes_the_same_queries_for_one_row_and_a_hundred(everyone, shown):
    client = signed_in(everyone.prescriber)

    def rows(first, last):
        for n in range(first, last):
            patient = factories.patient(at_site=everyone.site, given_name=f"N{n}", family_name=f"Row{n}-Test")
            packet = packets.invite(patient=patient, site=everyone.site, by=everyone.front_desk)
            if shown == "waiting":
                Packet.objects.filter(pk=packet.pk).update(submitted_at=packet.made_at, state="started")
                Packet.objects.filter(pk=packet.pk).update(state="submitted")

    address = url("packet-list") + f"?show={shown}"
    rows(0, 1)
    few = queries(client, address)
    rows(1, 100)
    assert queries(client, address) == few <= MOST
