"""The scene of the session tests, moved to the present, so that pages can be opened on it."""

import datetime as dt
from decimal import Decimal as D

from clinic import clock
from tests import factories
from tests.people import signed_in
from tests.sessions import scene as scenes

PASSWORD = factories.places.PASSWORD


def begin(monkeypatch, minutes_ago):
    """Let "nine o'clock" of the scenes be so many minutes ago."""
    now = clock.now().replace(second=0, microsecond=0)
    monkeypatch.setattr(scenes, "NINE", now - dt.timedelta(minutes=minutes_ago))


def full_board(people):
    """Four chairs: infusing with an alarm, infusing and overdue, observing, arrived; a fifth one free."""
    for label in ("4", "5"):
        factories.chair(at_site=people.harbor, label=label)
    version = factories.protocol_version(approved_by=people.prescriber)
    made = [_scene(people, n, name, version) for n, name in enumerate(("Adler", "Baum", "Celik", "Dietz"))]
    alarm, overdue, observing, arrived = made
    for n, one in enumerate((alarm, overdue, observing)):
        one.ready_with(f"KET-{n}")
        one.start()
    alarm.vitals(20, systolic=131, diastolic=84)
    alarm.vitals(30, systolic=142, diastolic=88, sedation=-1)
    alarm.vitals(39, spo2=88, sedation=-1, systolic=150, diastolic=90)
    overdue.vitals(18, systolic=128)
    observing.vitals(22, sedation=-2)
    observing.stop(32)
    observing.vitals(38, sedation=0, oxygen="room_air")
    arrived.check_in(25)
    arrived.answer(26, monitoring="no")
    return alarm, overdue, observing, arrived


class Busy(scenes.Scene):
    """A scene whose vial has a code of its own."""

    def ready_with(self, code):
        self.check_in()
        self.answer()
        self.weigh()
        self.baseline()
        self.line()
        self.order()
        self.draw(container=self.stock(code=code))
        self.second_check()


def _scene(people, chair, name, version):
    patient = factories.patient(at_site=people.harbor, given_name="Test", family_name=name)
    return Busy(people, patient=patient, chair=chair, version=version)


def posted(client, url, **data):
    """POST as a form."""
    return client.post(url, data)


__all__ = ["D", "PASSWORD", "begin", "full_board", "posted", "signed_in"]
