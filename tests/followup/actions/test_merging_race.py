"""Two administrators at once, with real commits."""

import threading

from django.db import connections

from clinic.models import PatientMerge
from clinic.refusal import Refused
from followup.actions import merging as actions
from tests import factories
from tests.people import people


def test_two_administrators_at_once_merge_once(live_db):
    p = people()
    twin = factories.patient(at_site=p.site)
    ready, outcomes = threading.Barrier(2), []

    def run(kept, merged):
        ready.wait()
        try:
            actions.merge_records(kept=kept, merged=merged, reason="Same person", by=p.clinic_admin)
            outcomes.append("merged")
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in ((p.patient, twin), (twin, p.patient))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["merged", "refused"]
    assert PatientMerge.objects.count() == 1
