"""No page of the packet weighs more than 60 KB compressed beyond the shared assets."""

import gzip

import pytest

from intake import questions
from intake.actions import packets
from tests.intake.packets import answers, invited
from tests.people import by_link, people

pytestmark = pytest.mark.django_db

MOST = 60_000  # bytes, gzip: brotli is smaller


@pytest.fixture
def client_and_packet():
    everyone = people()
    packet = invited(everyone)
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    many = {"rows": "41"} | {f"medicines_{n}_name": f"Medicine with a long name number {n}" for n in range(40)}
    many |= {f"medicines_{n}_amount": "10" for n in range(40)}
    packets.save_page(
        packet=packet, slug="medicines", answers=answers("medicines", **many), version=0, by=everyone.patient
    )
    return client, packet


def weight(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return len(gzip.compress(answer.content, 6))


def test_every_page_is_light(client_and_packet):
    client, packet = client_and_packet
    packet.pages.get(slug="medicines")
    paths = ["/packet/", "/packet/check/", "/packet/helper/", *(f"/packet/{page.slug}/" for page in questions.PAGES)]
    heavy = {path: found for path in paths if (found := weight(client, path)) > MOST}
    assert heavy == {}
    assert weight(client, "/packet/medicines/") > 5_000, "forty medicines were not there to be weighed"


def test_the_rows_are_bounded(client_and_packet):
    client, _ = client_and_packet
    form = client.get("/packet/medicines/").context["form"]
    assert form.row_count == 40
    assert not form.can_grow
