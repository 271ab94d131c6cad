"""What the board asks the database."""

import pytest

from sessions import queries
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_board_asks_the_same_number_of_questions_for_one_and_for_ten(everyone, django_assert_num_queries):
    from clinic.models import Chair
    from tests.sessions.scene import Scene

    version = factories.protocol_version(approved_by=everyone.prescriber)
    for number in range(4, 13):
        Chair.objects.create(site=everyone.harbor, label=str(number), position=number)
    Scene(everyone, version=version).running()
    site = type(everyone.harbor).objects.get(pk=everyone.harbor.pk)
    queries.board(site, Scene.at(20))
    with django_assert_num_queries(7):
        queries.board(site, Scene.at(20))
    for number in range(1, 10):
        patient = factories.patient(at_site=everyone.harbor, family_name=f"Board-Test-{number}")
        scene = Scene(everyone, patient=patient, chair=number, version=version, approved=False)
        scene.sign()
        scene.check_in()
        scene.vitals(5)
        if number % 2:
            scene.weigh()
            scene.order()
    with django_assert_num_queries(7):
        rows = queries.board(site, Scene.at(20))
    assert len(rows) == 12
    assert sum(bool(r.session) for r in rows) == 10
    assert rows[0].missing or rows[1].missing
