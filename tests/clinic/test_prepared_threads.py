"""A question is put together once for all threads; each gets the rows of what it asked, on its own connection."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from clinic.models import Patient
from clinic.prepared import Prepared
from tests import factories
from tests.people import people


def test_eight_at_once_each_get_their_own(live_db):
    site = people().harbor
    wanted = [factories.patient(at_site=site) for _ in range(8)]
    asked = Prepared(lambda of: Patient.objects.filter(pk=of("pk"), pk__in=of.list("pks")).select_related("person"))
    together = Barrier(len(wanted))

    def ask(patient):
        try:
            together.wait(10)
            return [asked.rows(pk=patient.pk, pks=[one.pk for one in wanted]) for _ in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(wanted)) as pool:
        for patient, answers in zip(wanted, pool.map(ask, wanted), strict=True):
            assert answers == [[patient]] * 20
            assert answers[-1][0].person == patient.person
    assert len(asked._known) == 1
