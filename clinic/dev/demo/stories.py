"""What happened to each of the forty: generators that yield when they act next, and act by the product's actions."""

import uuid
from datetime import timedelta
from decimal import Decimal

from clinic.actions.series import Wish
from clinic.dev.demo import after, answers, arriving, moments, today, watching
from clinic.dev.demo.infusing import Play
from clinic.refusal import Conflict
from followup.actions import booking, contacts, diary, planning
from followup.rules.diary import Answers
from intake.actions import packets
from intake.rules import decisions

MOOD, PAIN, PAIN_ROW = (
    "Mood, 0.5 mg/kg over 40 minutes, six",
    "Pain, over 4 hours with rate steps",
    "Pain, 4 hours on five days in a row",
)
BASELINE_DAYS = 11
DIARY_DAYS = (1, 2, 3, 5, 7, 9, 11, 14, 16, 18, 21, 25, 28, 33, 38, 44, 50)
ANSWERED = 0.82
# stage -> (days since the last infusion of the series, infusions done, boosters done)
TREATED = {
    "mid_series": [(2, 5, 0), (3, 1, 0), (2, 2, 0), (1, 3, 0)],  # nobody is due today: its chairs are full
    "relief": [(11, 6, 0), (16, 6, 0), (21, 6, 0), (27, 6, 0), (38, 6, 0), (55, 6, 0)],
    "booster": [(62, 6, 1), (75, 6, 1), (80, 6, 1)],
    "reassess": [(20, 6, 0)],
}


def story_of(person, body, world, place_in_stage):
    """The generator of this person's story."""
    teller = TELLERS.get(person.stage)
    if teller:
        return teller(person, body, world)
    if person.stage.startswith("today"):
        return _today(person, body, world, place_in_stage)
    return treated(person, body, world, *TREATED[person.stage][place_in_stage])


def _crew(person, world):
    return world.crews[person.site]


def _invite(person, world, days_ago):
    at = world.local(person.site, days_ago, 9, 10 + person.number)
    yield at
    patient = arriving.add(person, world.sites[person.site], _crew(person, world), at)
    packet = packets.invite(patient=patient, site=world.sites[person.site], by=_crew(person, world)["desk"], at=at)
    return patient, packet


def _invited(person, body, world):
    yield from _invite(person, world, 2)


def _half(person, body, world):
    _, packet = yield from _invite(person, world, 4)
    at = world.local(person.site, 1, 19, 20)
    yield at
    arriving.fill(packet, person, body, at, share=0.45)


def _fill_and_send(person, body, world, packet, days_ago, *, suicidal=False):
    at = world.local(person.site, days_ago, 18, person.number)
    yield at
    at = arriving.fill(packet, person, body, at, suicidal=suicidal)
    arriving.sign_and_submit(packet, person, at)


def _submitted(person, body, world):
    _, packet = yield from _invite(person, world, 6)
    yield from _fill_and_send(person, body, world, packet, 1 + person.number % 3)


def _suicidal(person, body, world):
    _, packet = yield from _invite(person, world, 5)
    yield from _fill_and_send(person, body, world, packet, 1, suicidal=True)


def _assessed(person, body, world, days_ago, **decision):
    patient, packet = yield from _invite(person, world, days_ago + 6)
    yield from _fill_and_send(person, body, world, packet, days_ago + 2)
    at = world.local(person.site, days_ago, 12, 5)
    yield at
    arriving.assess(packet, _crew(person, world), at, **decision)
    return patient


def _declined(person, body, world):
    words = "Elevated mood for some weeks: stabilise first with the referring psychiatrist."
    yield from _assessed(person, body, world, 9, decision=decisions.NOT, reasons=words)


def _candidate(person, body, world):
    yield from _assessed(person, body, world, 2)


def _plan(person, body, world, days_ago):
    patient = yield from _assessed(person, body, world, days_ago + 1)
    at = world.local(person.site, days_ago, 10)
    yield at
    version, mood = protocol_of(person, world), not answers.is_pain(person)
    watching.before_the_plan(person, patient, world.sites[person.site], _crew(person, world), at)
    doctor = _crew(person, world)["prescriber"]
    course = planning.plan_course(
        patient=patient, site=world.sites[person.site], protocol_version=version, by=doctor, at=at,
        dose=Decimal("0.5") if mood else Decimal("0.3"), planned_number=version.planned_number, reason=person.condition,
        goals=answers.GOALS["mood" if mood else "pain"], spacing_days=spacing_of(version),
        adjuncts="Weekly talking therapy" if mood else "Physical therapy twice a week",
    )  # fmt: skip
    return planning.sign_plan(course=course, by=doctor, at=at + timedelta(minutes=5))


def protocol_of(person, world):
    """The protocol this person is treated by."""
    name = MOOD if not answers.is_pain(person) else PAIN_ROW if person.number in (16, 17) else PAIN
    return world.versions[name]


def spacing_of(version):
    """Days between two infusions."""
    return 1 if version.consecutive_days else min(version.spacing_min_days + 1, version.spacing_max_days)


def _planned(person, body, world):
    yield from _plan(person, body, world, 1)


def _book(person, world, course, first_ago, count, at):
    """Book `count` infusions in one step, the first `first_ago` days ago (negative: ahead); takes what is offered."""
    gap, chairs = spacing_of(course.protocol_version), world.chairs(person.site)
    hour = 8 + person.number % 4 if course.protocol_version.infusion_minutes < 60 else 8 + person.number % 3
    days, chair = [first_ago - n * gap for n in range(count)], chairs[person.number % len(chairs)]
    wishes = [Wish(world.local(person.site, day, hour, 15 * (person.number % 4)), chair) for day in days]
    desk = _crew(person, world)["desk"]
    for _ in range(8):
        try:
            return booking.book_series(course=course, wishes=wishes, by=desk, at=at, spacing_reason="Demo calendar")
        except Conflict as clash:
            for row, offers in clash.current.items():
                wishes[row] = Wish(offers[0].starts_at, offers[0].chair)
    raise RuntimeError(f"No free slots for {person.family}.")


def _booked(person, body, world):
    course = yield from _plan(person, body, world, 3)
    at = world.local(person.site, 2, 15)
    yield at
    _book(person, world, course, -(2 + person.number % 5), course.planned_number, at)


def _course_until(person, body, world, first_ago, count):
    """From the referral to the booked series: returns (course, visits)."""
    course = yield from _plan(person, body, world, first_ago + BASELINE_DAYS)
    at = world.local(person.site, first_ago + BASELINE_DAYS - 1, 11)
    yield at
    return course, _book(person, world, course, first_ago, count, at)


def treated(person, body, world, since, done, boosters):
    """From the referral to `done` infusions of the series, the last one `since` days ago; then the booster, if any."""
    version = protocol_of(person, world)
    gap, planned = spacing_of(version), version.planned_number
    done = min(done, planned)
    if person.stage == "reassess":
        body.responds = False
    first_ago = since + (done - 1) * gap
    course, visits = yield from _course_until(person, body, world, first_ago, planned)
    yield from _infuse_and_report(person, body, world, course, visits[:done], first_ago + BASELINE_DAYS)
    if person.stage in ("relief", "booster") and person.number % 2:
        watching.helped(person, course, _crew(person, world), world.local(person.site, since, 9), max(1, since // 7))
    if done >= planned and boosters:
        yield from _boosted(person, body, world, course, since)
        if person.number % 2:
            watching.letter(course, _crew(person, world), world.local(person.site, 1, 16))


def _boosted(person, body, world, course, since):
    """One booster in between; the diary goes on after it."""
    ago = max(8, since - 40)
    at = world.local(person.site, ago + 5, 14)
    yield at
    crew, chair = _crew(person, world), world.chairs(person.site)[0]
    watching.bladder(person, course.patient, course.site, crew, at, 3)
    starts = world.local(person.site, ago, 8, 30)
    for _ in range(5):
        try:
            visit = booking.book_visit(
                patient=course.patient, site=course.site, kind="booster", course=course, starts_at=starts, chair=chair,
                by=crew["desk"], at=at,
            )  # fmt: skip
            break
        except Conflict as clash:
            starts, chair = clash.current[0].starts_at, clash.current[0].chair
    yield visit.starts_at
    yield from _infuse_and_report(person, body, world, course, [visit], ago, before=course.planned_number)


def _infuse_and_report(person, body, world, course, visits, diary_from, before=0):
    """The infusions of these visits and the diary around them, in order of time."""
    zone = course.site.zone
    days = [visit.starts_at.astimezone(zone).date() for visit in visits]
    end = world.now.astimezone(zone).date()
    start = end - timedelta(days=diary_from)
    plan = sorted({start + timedelta(days=n) for n in range(BASELINE_DAYS) if not before} | _after(days, end))
    queue = [("visit", visit.starts_at, n) for n, visit in enumerate(visits)]
    evening = [world.local(person.site, (end - day).days, 18, 20) for day in plan if day < end]
    queue += [("diary", at, None) for at in evening]
    queue += [
        ("call", world.local(person.site, (end - day).days - 1, 10, 20), n) for n, day in enumerate(days) if day < end
    ]
    if not before and len(days) > 1:
        asked = after.round_days(days, start, end)
        queue += [("round", world.local(person.site, (end - day).days, 10), None) for day in asked]
        queue += [("write", world.local(person.site, 1, 11, person.number), None)] if person.number % 3 == 0 else []
    for what, at, n in sorted(queue, key=lambda item: item[1]):
        yield at
        if what == "visit":
            yield from _infusion(person, body, world, course, visits[n], before + n + 1)
        elif what == "call":
            _call(visits[n], _crew(person, world), at)
        elif what == "round":
            after.ask(course, body, person, at, days=days)
        elif what == "write":
            after.write(person, course, _crew(person, world), at)
        elif body.dice.random() < ANSWERED:
            _report(body, course, at, zone, days, before)


def _call(visit, crew, at):
    """The nurse calls on the next day whoever had something."""
    if visit.infusion_session.started_at is None:
        return
    after.call(visit.infusion_session, crew["nurse"], at)


def _after(days, end):
    """Diary days after each infusion, until the next."""
    spans = zip(days, [*days[1:], end], strict=True)
    return {day + timedelta(days=n) for day, stop in spans for n in DIARY_DAYS if day + timedelta(days=n) < stop}


def _infusion(person, body, world, course, visit, number):
    crew, way = _crew(person, world), OTHERWISE.get((person.number, number))
    run = Play(visit, body, crew, arrives_at=visit.starts_at, number=number).arrive().later(5).check().weigh()
    if way is moments.not_given:
        way(run)
    else:
        run.later(2).baseline().prepare().later(4).start()
        _run_through(run, body, course.protocol_version.infusion_minutes, way)
    yield run.at + timedelta(hours=3)
    run.later(180).sign()
    run.session.refresh_from_db()
    if way is not moments.not_given:
        contacts.make_contact(session=run.session, at=run.at)


# (person, infusion) of what does not go by the book.
OTHERWISE = {
    (17, 2): moments.not_given,
    (18, 1): moments.leaves,
    (29, 2): moments.emergency,
    (30, 3): moments.fainted_and_reported,
}


def _run_through(run, body, length, way):
    """From the start to going home: to the end, or to the half and `way` then; a faint comes in the observation."""
    stopped, half = body.dice.random() < 0.04, length // 2
    run.run(length, until=half if stopped or way in HALFWAY else None, every=pace(length))
    if way in HALFWAY:
        way(run, half)
    else:
        run.stop(**{"cause": "patient", "volume_ml": run.given_by(half)} if stopped else {})
    if way is moments.fainted_and_reported:
        way(run.observe(30, length, every=30))
    if way is not moments.leaves:
        run.observe(60, length, every=30).later(4).ready_to_go().go_home()


HALFWAY = (moments.leaves, moments.emergency)


def pace(length):
    """Minutes between the demo's sets: sparser in a long infusion."""
    return 10 if length < 60 else 30


def _report(body, course, at, zone, days, before):
    """One diary entry: this evening's pain, mood, sleep and function."""
    today_ = at.astimezone(zone).date()
    past = [day for day in days if day <= today_]
    since, count = ((today_ - past[-1]).days, before + len(past)) if past else (0, 0)
    pain, mood = body.pain_after(since, count), body.mood_after(since, count)
    said = Answers(
        pain=pain, mood=mood, sleep=max(0, min(10, 8 - pain // 2)), function=max(0, 10 - pain), medicines_as_usual=True,
        side_effects=("tired",) if since == 1 else (),
    )  # fmt: skip
    diary.record_entry(
        course=course, answers=said, client_id=uuid.UUID(int=body.dice.getrandbits(128), version=4), day=today_,
        by=course.patient, at=at,
    )  # fmt: skip


def _today(person, body, world, place):
    """One infusion behind them, the second is today's: what the board shows."""
    version = protocol_of(person, world)
    gap = spacing_of(version)
    done = 1
    course = yield from _plan(person, body, world, done * gap + BASELINE_DAYS)
    at = world.local(person.site, done * gap + BASELINE_DAYS - 1, 11)
    yield at
    visits = _book(person, world, course, done * gap, done, at)
    yield from _infuse_and_report(person, body, world, course, visits, done * gap + BASELINE_DAYS)
    yield from today.sit(person, body, world, course, number=done + 1, rest=_rest(person, world, course, gap, done + 1))


def _rest(person, world, course, gap, held):
    """What books the visits of the series after today's: a call, made once today's is booked."""
    left = course.planned_number - held
    return lambda at: _book(person, world, course, -gap, left, at) if left > 0 else []


TELLERS = {
    "invited": _invited,
    "packet_half": _half,
    "submitted": _submitted,
    "suicide_answer": _suicidal,
    "declined": _declined,
    "candidate": _candidate,
    "planned": _planned,
    "booked": _booked,
}
