"""What happens on the day of `bench day`, how often, and to whom: the plan that the driver plays.

The rates are those of a busy day of the whole clinic an hour (60 chairs, an infusion of two and a half hours with what
comes before and after it, 40 people at work); the bench plays them ten times as fast. They are the bench's own choice:
nobody has published such figures.
"""

import itertools
import random
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from clinic import clock, live
from clinic.dev import bedside
from clinic.dev.bench import intake
from clinic.dev.bench.day_clinic import MONITORS, nurses_of
from clinic.dev.bench.requests import CSRF, staff_cookie
from clinic.dev.bench.vitals import Saver
from clinic.models import Appointment, Course, Membership, Role, Site, User
from followup.models import DiaryPlan
from intake.models import Packet
from sessions.models import Device, DoseOrder, InfusionSession

# An hour, over the whole clinic, at the real rate.
RATES = {
    "vitals": 216,  # 36 infusions under way, a set every ten minutes
    "arrive": 24,  # 60 chairs, a patient two and a half hours in each
    "stop": 24,
    "note": 24,
    "side_effect": 12,
    "pause": 9,
    "book": 24,
    "find": 90,
    "diary": 60,  # 300 a day, most of them within five hours
    "packet": 30,
    "look": 2000,  # everybody opens another page about every seventy seconds
}
MONITOR_EVERY = 60  # seconds between two sets of one monitor, at the real rate
LOOKS = {
    Role.NURSE: ("sheet",) * 8 + ("board",) * 3 + ("patient",) * 3 + ("tasks", "schedule", "diary", "inbox"),
    Role.FRONT_DESK: ("schedule",) * 5 + ("visit",) * 3 + ("patient",) * 3 + ("week", "patients", "outbox", "waitlist"),
    Role.PRESCRIBER: ("sheet", "course", "patient") * 3 + ("packets", "board", "inbox", "safety", "timeline"),
    Role.CLINIC_ADMIN: ("walls", "reports", "outbox", "health", "patients"),
    Role.AUDITOR: ("audit",),
}  # fmt: skip
KNOWN = 8  # patients whose record one person opens in the course of the run
CHECKS = {
    "identity": "yes", "consent": "yes", "fasting": "yes", "fasting_detail": "Toast at six", "allergies": "yes",
    "medicines": "no", "sedatives": "no", "stimulants": "no", "ketamine_elsewhere": "no",
    "antihypertensive": "not_applicable", "pregnancy": "not_applicable", "last_time": "well", "comfort": "yes",
    "monitoring": "yes", "emergency_equipment": "yes", "prescriber": "yes", "escort": "reached",
    "escort_detail": "Robin, 617 555 2001",
}  # fmt: skip


class Plan:
    """Makes the plan: everybody's browser once, then deeds in order of time."""

    def __init__(self, place, *, seconds, warm, speed):
        self.place, self.seconds, self.warm, self.speed = place, seconds, warm, speed
        self.dice, self.people, self.at_work = random.Random(11), [], {}
        self.sites = list(Site.objects.order_by("name"))
        self.running = list(InfusionSession.objects.filter(phase="infusing").select_related("site").order_by("pk"))
        self.diaries = itertools.cycle(self._patients_on_diaries())
        self.shown = self._who_works()

    def whole(self):
        """The plan as the driver reads it."""
        deeds = sorted((deed for kind in RATES for deed in self._of(kind)), key=lambda deed: deed["at"])
        return self.place | {
            "origin": settings.PAGES_ORIGIN, "csrf": CSRF, "every": live.RENEW_SECONDS, "warm": self.warm,
            "seconds": self.seconds, "deeds": deeds, "screens": self._screens(), "monitors": self._monitors(),
            "people": self.people,
        }  # fmt: skip

    def _of(self, kind):
        """The deeds of one kind, evenly spread and a little off the beat."""
        step = 3600 / RATES[kind] / self.speed
        make, at = getattr(self, f"_{kind}"), self.dice.random() * step
        while at < self.warm + self.seconds:
            deed = make()
            if deed is None:
                return
            yield {"at": round(at, 3), "walk": kind} | deed
            at += step * self.dice.uniform(0.7, 1.3)

    # Who is there.

    def _browser(self, cookie):
        self.people.append(cookie)
        return len(self.people) - 1

    def _who_works(self):
        """Everyone of the staff with a browser; (person, role, site) of each, in turns over the sites."""
        found = []
        for member in Membership.objects.select_related("user", "site").order_by("user__email", "site__name"):
            if member.user_id not in self.at_work:
                self.at_work[member.user_id] = self._browser(staff_cookie(member.user))
                found.append((self.at_work[member.user_id], member.role, member.site))
        return found

    def _patients_on_diaries(self):
        plans = DiaryPlan.objects.filter(ended_at=None).select_related("course__patient", "course__site")
        return [plan.course for plan in plans.order_by("pk")]

    def _nurse(self, site, number):
        nurses = nurses_of(site)
        return nurses[number % len(nurses)]

    # Pages that stay open.

    def _screens(self):
        """One for everybody at work: two nurses of three keep a run sheet open, the third the board."""
        screens = []
        for who, role, site in self.shown:
            path = self._at_a_chair(who, site) if role == Role.NURSE and who % 3 else reverse(SHOWN[role])
            screens.append({"cookie": self.people[who], "path": path})
        return screens

    def _at_a_chair(self, who, site):
        here = [one for one in self.running if one.site_id == site.pk]
        return reverse("sessions:session-show", args=[here[who % len(here)].pk])

    def _monitors(self):
        """The messages of twenty monitors for the whole run, made beforehand; device time is the time of sending."""
        begun, every = clock.now(), MONITOR_EVERY / self.speed
        told = []
        for number, device in enumerate(Device.objects.filter(confirmed_at__isnull=False).order_by("pk")[:MONITORS]):
            monitor = bedside.Monitor(device.unit, device.bed, number)
            monitor_at = [every * number / MONITORS + every * n for n in range(int((self.warm + self.seconds) / every))]
            told.append([[at, monitor.report(begun + timedelta(seconds=at)).decode()] for at in monitor_at])
        return told

    # What is done, a deed each.

    def _chairside(self, number=None):
        """(a running session, the browser of a nurse there)."""
        session = self.running[self.dice.randrange(len(self.running))] if number is None else self.running[number]
        nurse = self._nurse(session.site, self.dice.randrange(6))
        return session, self.at_work[nurse.pk]

    def _typed(self, session):
        saver = Saver([session.pk], self._nurse(session.site, 0).email)
        return urlencode(saver.typed())

    def _vitals(self):
        session, who = self._chairside()
        path = reverse("sessions:vitals-record", args=[session.pk])
        return {"who": who, "path": path, "body": self._typed(session)}

    def _note(self):
        session, who = self._chairside()
        return {"who": who, "path": reverse("sessions:note-record", args=[session.pk])}

    def _side_effect(self):
        session, who = self._chairside()
        return {"who": who, "path": reverse("sessions:side-effect-record", args=[session.pk])}

    def _pause(self):
        """Each at a session of its own, from the end of the list; those that stop come from its start."""
        self.paused = getattr(self, "paused", 0) + 1
        if self.paused > len(self.running) // 2:
            return None
        session, who = self._chairside(len(self.running) - self.paused)
        path = reverse("sessions:session-show", args=[session.pk])
        return {"who": who, "path": path, "body": self._typed(session)}

    def _stop(self):
        self.stopped = getattr(self, "stopped", -1) + 1
        if self.stopped >= len(self.running) // 2:
            return None
        session, who = self._chairside(self.stopped)
        order = DoseOrder.objects.filter(session=session).latest("order__ordered_at")
        path = reverse("sessions:session-show", args=[session.pk])
        return {"who": who, "path": path, "body": self._typed(session), "volume": str(order.volume_ml)}

    def _arrive(self):
        self.arrived = getattr(self, "arrived", None) or self._still_to_come()
        visit = next(self.arrived, None)
        if visit is None:
            return None
        who = self.at_work[self._nurse(visit.site, self.dice.randrange(6)).pk]
        path = reverse("sessions:check-in", args=[visit.pk])
        return {"who": who, "path": path, "board": reverse("sessions:board"), "checks": CHECKS}

    def _still_to_come(self):
        soon = (clock.now(), clock.now() + timedelta(hours=12))
        rows = Appointment.objects.filter(kind="infusion", starts_at__range=soon, infusion_session=None)
        return iter(rows.filter(state__in=("booked", "confirmed")).select_related("site").order_by("pk"))

    def _book(self):
        self.wanting = getattr(self, "wanting", None) or iter(self._courses())
        course = next(self.wanting, None)
        if course is None:
            return None
        day = clock.now().astimezone(course.site.zone) + timedelta(days=self.dice.randint(3, 40))
        asked = urlencode({"kind": "infusion", "course": course.pk, "day": f"{day:%Y-%m-%d}"})
        path = f"{reverse('followup:visit-book', args=[course.patient_id])}?{asked}"
        return {"who": self._desk_of(course.site), "path": path}

    def _courses(self):
        rows = Course.objects.filter(state="active", appointments=None, infusion_sessions=None)
        return rows.select_related("site").order_by("pk")

    def _desk_of(self, site):
        desk = User.objects.filter(memberships__site=site, memberships__role=Role.FRONT_DESK).order_by("-email")
        return self.at_work[desk[0].pk]

    def _find(self):
        who, _, _ = self.dice.choice([one for one in self.shown if one[1] in (Role.FRONT_DESK, Role.NURSE)])
        words = self.dice.choice(("Petrel", "Limpet", "Neaptide", "Cormorant", "Driftwood"))
        return {"who": who, "path": reverse("clinic:patient-find"), "words": words}

    def _diary(self):
        course = next(self.diaries)
        link = intake.make_link(patient=course.patient, site=course.site, purpose="diary", by=None, subject=course)[0]
        cookie = intake._session(lambda session: intake.links.let_in(session, link, proofs=()))
        return {"who": self._browser(cookie), "path": reverse("followup:diary-entry")}

    def _packet(self):
        self.savers = getattr(self, "savers", None) or itertools.cycle(self._open_packets())
        who, saver = next(self.savers)
        asked = saver.next(self.dice.randrange(10**9))
        return {"who": who, "walk": "send", "tag": "packet", "path": asked["path"], "body": asked["body"]}

    def _open_packets(self):
        found = []
        for packet in Packet.objects.open().select_related("patient", "site").order_by("pk"):
            if packet.pages.filter(slug="daily-life").exists():
                cookie = intake._patient_cookie(packet)
                found.append((self._browser(cookie), intake.Saver(packet, cookie)))
        return found

    # Pages that are looked at.

    def _look(self):
        who, role, site = self.dice.choice(self.shown)
        tag = self.dice.choice(LOOKS[role])
        return {"who": who, "tag": tag, "path": getattr(self, f"_at_{tag}", self._by_name(tag))(who, site)}

    def _by_name(self, tag):
        return lambda who, site: reverse(PLAIN[tag]) + ("?view=week" if tag == "week" else "")

    def _at_sheet(self, who, site):
        return reverse("sessions:session-show", args=[self._one_of("running", who, site).pk])

    def _at_patient(self, who, site):
        return reverse("followup:patient-show", args=[self._one_of("diary", who, site).patient_id])

    def _at_course(self, who, site):
        return reverse("followup:course-show", args=[self._one_of("diary", who, site).pk])

    def _at_diary(self, who, site):
        return reverse("followup:diary-list", args=[self._one_of("diary", who, site).pk])

    def _at_timeline(self, who, site):
        return reverse("followup:patient-timeline", args=[self._one_of("diary", who, site).patient_id])

    def _at_visit(self, who, site):
        return reverse("followup:visit-show", args=[self._one_of("visit", who, site).pk])

    def _one_of(self, kind, who, site):
        """One of the few rows this person has to do with: nobody opens everybody's record."""
        self.rows = getattr(self, "rows", None) or {}
        if (kind, site.pk) not in self.rows:
            self.rows[kind, site.pk] = list(ROWS[kind](site))
        rows = self.rows[kind, site.pk]
        return rows[(who * 5 + self.dice.randrange(KNOWN)) % len(rows)]


ROWS = {
    "running": lambda site: InfusionSession.objects.filter(site=site, phase="infusing").order_by("pk"),
    "diary": lambda site: Course.objects.filter(site=site, diary_plan__isnull=False).order_by("pk"),
    "visit": lambda site: Appointment.objects.filter(site=site).order_by("-starts_at", "pk")[:40],
}
SHOWN = {
    Role.NURSE: "sessions:board", Role.PRESCRIBER: "sessions:board", Role.FRONT_DESK: "followup:schedule",
    Role.CLINIC_ADMIN: "clinic:health", Role.AUDITOR: "clinic:audit-list",
}  # fmt: skip
PLAIN = {
    "board": "sessions:board", "tasks": "clinic:task-list", "schedule": "followup:schedule", "inbox": "followup:inbox",
    "week": "followup:schedule", "patients": "clinic:patient-list", "outbox": "clinic:outbox",
    "waitlist": "followup:waitlist", "packets": "intake:packet-list", "safety": "followup:safety-list",
    "walls": "clinic:wall-list", "reports": "followup:reports",
    "health": "clinic:health", "audit": "clinic:audit-list",
}  # fmt: skip
