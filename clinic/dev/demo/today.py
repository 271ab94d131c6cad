"""Today's board: a session in every phase, one alarm, one caution, one set of vitals overdue, one arrival not ready."""

from datetime import datetime, time, timedelta

from clinic.actions import appointments
from clinic.dev.demo import moments
from clinic.dev.demo.infusing import Play
from clinic.refusal import Conflict
from sessions import actions

# stage -> (chair, minutes since the infusion started; None: not started yet)
SEATS = {
    "today_alarm": (2, 34),
    "today_caution": (5, 26),
    "today_overdue": (1, 24),
    "today_infusing": (0, 14),
    "today_arrived": (4, None),
    "today_observing": (6, 85),
    "today_ready": (3, 110),
    "today_paused": (7, 22),
    "today_next": (2, None),
}
BEFORE_START = 42  # minutes from arrival to the start of the pump
NURSES = ("nurse", "nurse2", "nurse3")


def sit(person, body, world, course, *, number, rest):
    """Book today's visit in its chair and play it up to this moment; `rest(at)` books the visits after it."""
    crew = dict(world.crews[person.site])
    seat, running = SEATS[person.stage]
    crew["nurse"] = world.staff[NURSES[seat % 3]]
    crew["second"] = world.staff[NURSES[(seat + 1) % 3]]
    chair = list(course.site.chairs.all())[seat]
    begins = _arrival(world.now, running, is_next=person.stage == "today_next")
    visit = _visit(course, chair, crew, world, person, begins, number)
    rest(world.local(person.site, 1, 16, 5))
    if person.stage == "today_next":
        appointments.confirm(appointment=visit, by=course.patient, at=world.now - timedelta(hours=20))
        return
    yield begins
    run = Play(visit, body, crew, arrives_at=begins, number=number).arrive()
    if person.stage == "today_arrived":
        run.later(3).check(without=("escort", "monitoring"))
        return
    run.later(5).check().weigh().later(2).baseline(sets=2).prepare().later(2)
    run.at = world.now - timedelta(minutes=running)
    run.start()
    SCENES[person.stage](run, course.protocol_version.infusion_minutes, running, world)


def _arrival(now, running, is_next):
    if is_next:
        return now + timedelta(minutes=75)
    return now - timedelta(minutes=11 if running is None else running + BEFORE_START)


def wanted(now, begins, lasts, zone):
    """When the visit of somebody who comes at `begins` is booked: as near to it as the day of `now` allows, or at eight
    the next morning when it is still to come and the day is too short. `lasts` is how long the chair is taken.
    """
    today = now.astimezone(zone).date()
    opens, latest = datetime.combine(today, time(0, 5), zone), datetime.combine(today, time(23, 55), zone) - lasts
    if begins > now and begins > latest:
        return datetime.combine(today + timedelta(days=1), time(8), zone)
    return max(opens, min(_floor(begins), latest))


def _visit(course, chair, crew, world, person, begins, number):
    """The booking, made the day before."""
    zone = course.site.zone
    starts = wanted(world.now, begins, timedelta(minutes=course.protocol_version.chair_minutes), zone)
    day, nurse = starts.astimezone(zone).date(), crew["nurse"]
    for _ in range(6):
        try:
            return appointments.book(
                patient=course.patient, site=course.site, kind="infusion", course=course, starts_at=starts, chair=chair,
                nurse=nurse, number=number, by=crew["desk"], at=world.local(person.site, 1, 16),
            )  # fmt: skip
        except Conflict as clash:
            if nurse is None:
                starts = _nearest(clash.current, begins, day, zone).starts_at
            chair = nurse = None  # at the wanted time in any chair, before another time
    raise RuntimeError(f"No chair for {person.family} today.")


def _nearest(offers, wanted, day, zone):
    """The offer nearest to the wanted time, of this day if there is one."""
    here = [offer for offer in offers if offer.starts_at.astimezone(zone).date() == day]
    return min(here or offers, key=lambda offer: abs(offer.starts_at - wanted))


def _floor(at):
    return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0)


def _alarm(run, length, running, world):
    run.run(length, until=running - 1)
    run.at = world.now - timedelta(minutes=1)
    run.vitals(running, length, spo2=88)


def _caution(run, length, running, world):
    run.run(length, until=running - 2, lift=1.2)
    run.at = world.now - timedelta(minutes=2)
    raised = run.vitals(running, length, systolic=168, diastolic=98)
    for alarm in raised.alarms:
        run.enter(actions.answer_alarm, alarm=alarm, answer="going", recheck_minutes=3)
    moments.said_by_the_prescriber(run)


def _overdue(run, length, running, world):
    run.run(length, until=10)
    moments.line_beside_the_vein(run)
    run.at = world.now


def _infusing(run, length, running, world):
    run.run(length, until=running)
    moments.typed_wrong(run)


def _paused(run, length, running, world):
    run.run(length, until=running - 4)
    run.nausea()
    run.enter(actions.pause, cause="side_effect", text="Nausea, wants a moment")


def _observing(run, length, running, world):
    shown = min(length, 40)
    run.run(shown, every=10).stop(volume_ml=run.given_by(shown)).observe(15, shown)
    moments.fainted(run)
    run.observe(running - shown - 15, shown)


def _ready(run, length, running, world):
    shown = min(length, 40)
    run.run(shown, every=10).stop(volume_ml=run.given_by(shown))
    moments.handed_over(run, world.staff[NURSES[(SEATS["today_ready"][0] + 1) % 3]])
    run.observe(running - 2 - shown, shown).ready_to_go()
    moments.about_to_go(run)


SCENES = {
    "today_alarm": _alarm,
    "today_caution": _caution,
    "today_overdue": _overdue,
    "today_infusing": _infusing,
    "today_observing": _observing,
    "today_ready": _ready,
    "today_paused": _paused,
}
