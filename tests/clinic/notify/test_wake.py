"""A broker that is away hinders nobody: the message is queued, and the beat finds it."""

from clinic import clock, notify
from clinic.models import Message
from tests.people import people


def test_without_redis_a_message_is_queued_all_the_same(live_db):
    p = people()
    context = {"when": "Thursday 14 May at 2:05 pm"}
    notify.enqueue(
        "visit_cancelled", recipient=p.patient, site=p.site, dedupe_key="k", due_at=clock.now(), context=context
    )
    assert Message.objects.get().state == "due"
