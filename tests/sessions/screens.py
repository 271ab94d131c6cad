"""The scene of the session tests, moved to the present, so that pages can be opened on it."""

import datetime as dt
import uuid

from django.urls import reverse

from clinic import clock
from tests import factories
from tests.factories.places import PASSWORD
from tests.sessions import scene as scenes


def begin(monkeypatch, minutes_ago):
    """Let "nine o'clock" of the scenes be so many minutes ago."""
    now = clock.now().replace(second=0, microsecond=0)
    monkeypatch.setattr(scenes, "NINE", now - dt.timedelta(minutes=minutes_ago))


def in_the_afternoon(site):
    """Move the site to where it is about three in the afternoon now, for what has to happen within one of its days."""
    ahead = (clock.now().hour - 15 + 12) % 24 - 12
    site.zone_name = f"Etc/GMT{ahead:+d}" if ahead else "Etc/GMT"  # west of Greenwich is + in these names
    site.save(update_fields=["zone_name"])


class Busy(scenes.Scene):
    """A scene beside others: its vial has a code of its own."""

    def ready(self, code="KET-1"):
        self.check_in()
        self.answer()
        self.weigh()
        self.baseline()
        self.line()
        self.order()
        self.draw(container=self.stock(code=code))
        self.second_check()
        return self


def seated(people, chair, name, version):
    """A patient of this name, booked in that chair."""
    patient = factories.patient(at_site=people.harbor, given_name="Test", family_name=name)
    return Busy(people, patient=patient, chair=chair, version=version)


def full_board(people):
    """Chair 1 infusing with an alarm, 2 infusing and overdue, 3 under observation, 4 arrived; 5 is free."""
    for n in (4, 5):
        factories.chair(at_site=people.harbor, label=str(n), position=n)
    version = factories.protocol_version(approved_by=people.prescriber)
    made = [seated(people, n, name, version) for n, name in enumerate(("Adler", "Baum", "Celik", "Dietz"))]
    alarm, overdue, observing, arrived = made
    for n, one in enumerate((alarm, overdue, observing)):
        one.ready(code=f"KET-{n}")
        one.start()
    alarm.vitals(20, systolic=131, diastolic=84)
    alarm.vitals(30, systolic=142, diastolic=88, sedation=-1)
    alarm.vitals(39, spo2=88, sedation=-1, systolic=150, diastolic=90)
    overdue.vitals(18, systolic=128)
    observing.vitals(22, sedation=-2)
    observing.stop(32, volume_ml="19.25")
    observing.vitals(38, sedation=0, oxygen="room_air")
    arrived.check_in(25)
    arrived.answer(26, monitoring="no")
    return alarm, overdue, observing, arrived


def url(name, session, *more):
    """The path of one of the session's pages."""
    return reverse(f"sessions:{name}", args=[session.pk, *more])


def entry(**fields):
    """Form data with a fresh entry id."""
    return {"entry_id": str(uuid.uuid4())} | fields


def second(user):
    """The fields by which another person signs one form."""
    return {"second_email": user.email, "second_password": PASSWORD}
