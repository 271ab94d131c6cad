"""Several small lists in one query come back as the rows they are."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from clinic.models import Document, InstrumentResponse, MedicationStatement
from intake.gather import gather, put
from intake.models import PageAnswers, PageRequest
from tests.intake.packets import submitted
from tests.intake.second import asked
from tests.people import people

pytestmark = pytest.mark.django_db


def test_rows_are_what_a_query_of_their_own_gives():
    everyone = people()
    packet = submitted(everyone)
    asked(packet, everyone.nurse, "goals")
    rows = {
        "pages": PageAnswers.objects.filter(packet=packet).order_by("slug"),
        "scores": InstrumentResponse.objects.filter(patient=everyone.patient).order_by("instrument"),
        "medicines": MedicationStatement.objects.filter(patient=everyone.patient).order_by("name"),
        "requests": PageRequest.objects.annotate(by_name=F("asked_by__name")),
        "nothing": PageAnswers.objects.none(),
    }
    with CaptureQueriesContext(connection) as caught:
        found = gather(**rows)
    assert len(caught) == 1
    assert found["nothing"] == []
    for name in ("pages", "scores", "medicines", "requests"):
        own = list(rows[name])
        assert found[name] == own
        for mine, theirs in zip(found[name], own, strict=True):
            for field in mine._meta.concrete_fields:
                assert getattr(mine, field.attname) == getattr(theirs, field.attname), field
    assert found["requests"][0].by_name == "Nora Nurse"
    assert found["medicines"][0].daily_mg == Decimal(20)


def test_nothing_asked_is_no_query_and_deferred_columns_stay_away(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert gather(nothing=PageAnswers.objects.none()) == {"nothing": []}
    assert gather(files=Document.objects.all()) == {"files": []}


def test_rows_put_beside_their_owner_need_no_query(django_assert_num_queries):
    packet = submitted(people())
    pages = list(packet.pages.all())
    put(packet, "pages", pages)
    with django_assert_num_queries(0):
        assert list(packet.pages.all()) == pages
