"""The clinic of `bench day`, this morning: 60 chairs at 4 sites, 40 staff, 36 infusions under way, 300 diaries kept.

One patient of each kind is played by the product's own actions; the others are copies of them by SQL, spread over the
sites, their chairs and their nurses. Everything is made anew for each run, for a running infusion must be today's.
"""

from datetime import time, timedelta

from psycopg2.sql import SQL, Identifier

from clinic import audit, clock
from clinic.actions import setup
from clinic.dev.bench import booking, intake
from clinic.dev.bench.multiply import analyze, copies, whole
from clinic.dev.demo import cast, stories, world
from clinic.dev.demo.body import body_of
from clinic.models import (
    Appointment,
    Chair,
    Course,
    Membership,
    OpeningHours,
    Patient,
    ResourceClaim,
    Role,
    Site,
    SitePolicy,
    User,
)
from followup.models import DiaryEntry, DiaryPlan
from intake.models import Packet
from sessions.actions import check_equipment
from sessions.actions.monitors import confirm_device
from sessions.models import Device, Entry, InfusionSession
from sessions.rules.equipment import ITEMS

SITES, CHAIRS, STAFF = 4, 15, 40
NURSES, DESKS, PRESCRIBERS = 6, 1, 1  # of their own at each site; the rest of the forty work at two sites
RUNNING, ARRIVING, DIARIES, BOOKING, PACKETS, SENT, MONITORS = 36, 24, 300, 60, 20, 30, 20
FIRST_FREE_CHAIR = RUNNING // SITES  # of a site: the arriving sit down behind those whose infusion runs
MARKS = {"running": "today_infusing", "arriving": "today_next", "diary": "mid_series"}
ANALYZED = (Patient, Course, Appointment, InfusionSession, Entry, DiaryEntry, DiaryPlan, Packet, ResourceClaim)


def seed(superuser):
    """Make it in an empty database; ``superuser``: a cursor that may switch triggers off."""
    now = clock.now()
    with audit.context(demo=True):
        sites = _sites(now)
        people = _play(sites, now)
    for name, count, chair in (
        ("running", RUNNING - 1, 0), ("arriving", ARRIVING - 1, FIRST_FREE_CHAIR), ("diary", DIARIES - 1, 0),
        ("booking", BOOKING - 1, 0), ("open", PACKETS - 1, 0), ("sent", SENT - 1, 0),
    ):  # fmt: skip
        chosen = [*whole([people[name]]), *_room_of(people[name])]
        copies(superuser, chosen, start=1, count=count)
        _spread(superuser, chosen, count, sites, chair)
    _monitors(sites, now)
    analyze(superuser, ANALYZED)


def _sites(now):
    """The two sites of the demo and two more, open day and night, in one zone, each with fifteen chairs."""
    first = world.make_places(now)
    crew = world.make_staff(first, now)
    begun = now - timedelta(days=world.MONTHS_BACK + 10)
    more = [Site.objects.create(name=f"Bench Site {n}", short_name=f"Bench {n}", address="1 Sample Street",
                                phone="617 555 0100") for n in (3, 4)]  # fmt: skip
    for site in more:
        setup.set_policy(policy=SitePolicy(site=site, out_of_hours_phone="555 0190"), by=None, at=begun)
        OpeningHours.objects.bulk_create(OpeningHours(site=site, weekday=day, opens=time(0), closes=time(23, 59))
                                         for day in range(7))  # fmt: skip
    Site.objects.update(zone_name="America/New_York")
    OpeningHours.objects.update(opens=time(0), closes=time(23, 59))
    world.approve_everything(crew, now)
    sites = [Site.objects.get(pk=site.pk) for site in (*first, *more)]
    for site in sites:
        there = site.chairs.count()
        Chair.objects.bulk_create(Chair(site=site, label=str(n + 1), position=n) for n in range(there, CHAIRS))
    _staff(sites, begun)
    return sites


def _staff(sites, since):
    """Everybody who works at one site alone, and clinic admins at all of them until there are forty."""
    wanted = [(Role.NURSE, NURSES), (Role.FRONT_DESK, DESKS), (Role.PRESCRIBER, PRESCRIBERS)]
    for place, site in enumerate(sites):
        for role, count in wanted:
            here = Membership.objects.filter(site=site, role=role).count() if role == Role.NURSE else 0
            for number in range(here, count):
                _member(f"{role.replace('_', '.')}{place}.{number}", role, [site], since)
    for number in range(STAFF - User.objects.count()):
        _member(f"manager{number}", Role.CLINIC_ADMIN, sites, since)
    for site in sites:
        answers = dict.fromkeys(ITEMS, (True, ""))
        check_equipment(site=site, answers=answers, by=nurses_of(site)[0], at=clock.now())


def _member(mail, role, sites, since):
    user = User.objects.create_user(f"{mail}@example.org", cast.PASSWORD, name=f"Bench {mail.title()}", initials="B")
    for site in sites:
        Membership.objects.create(user=user, site=site, role=role, since=since)


def nurses_of(site):
    """Who is a nurse there, in a steady order."""
    return list(User.objects.filter(memberships__site=site, memberships__role=Role.NURSE).order_by("email"))


def _play(sites, now):
    """One patient of each kind by the product's own actions; name -> patient id."""
    there, chosen = world.World(now, seed=7, share=0), {}
    for name, stage in MARKS.items():
        chosen[name] = next(person for person in cast.people() if person.stage == stage and person.site == 0)
    world.play([stories.story_of(one, body_of(one, 7), there, 0) for one in chosen.values()])
    found = {name: Patient.objects.get(family_name__startswith=one.family).pk for name, one in chosen.items()}
    crew = there.staff
    pain = next(one for one in cast.people() if one.condition == intake.PAIN)
    packets = {"open": (1, "leave"), "sent": (2, "send")}
    found |= {name: intake._packet(pain, sites[0], crew, now, *how).patient_id for name, how in packets.items()}
    return found | {"booking": booking._course(sites[0], crew, now).patient_id}


def _room_of(patient):
    """The chair and the patient's own time of what lies ahead or runs; nurses have no room for so many copies."""
    ahead = ResourceClaim.objects.filter(
        appointment__patient=patient, user__isnull=True, during__endswith__gt=clock.now(), occupies=True
    )
    ids = list(ahead.values_list("pk", flat=True))
    return [(ResourceClaim, ids)] if ids else []


SPREAD = SQL(
    "UPDATE {table} t SET {sets} FROM generate_series(1, %(count)s) n, unnest(%(ids)s::uuid[]) o "
    "WHERE t.{key} = md5(o::text || ':' || n)::uuid"
)
HERE = "(%(sites)s::uuid[])[1 + n %% %(most)s]"
SET = {
    "site": HERE,
    "chair": "CASE WHEN t.{0} IS NOT NULL THEN (%(chairs)s::uuid[])[1 + n %% %(most)s * %(row)s + "
    "(%(first)s + n / %(most)s) %% %(row)s] END",
    "responsible_nurse": "(%(nurses)s::uuid[])[1 + n %% %(most)s * %(crew)s + n / %(most)s %% %(crew)s]",
}


def _spread(superuser, chosen, count, sites, first):
    """Put copy n at site n, round and round, in the next chair, with the next nurse."""
    said = {
        "sites": [str(site.pk) for site in sites],
        "chairs": [str(pk) for site in sites for pk in site.chairs.order_by("position").values_list("pk", flat=True)],
        "nurses": [str(user.pk) for site in sites for user in nurses_of(site)[:NURSES]],
        "most": SITES, "row": CHAIRS, "crew": NURSES, "first": first, "count": count,
    }  # fmt: skip
    superuser.execute("SET session_replication_role = replica")
    for model, ids in chosen:
        fields = {field.name: field for field in model._meta.local_concrete_fields if field.name in SET}
        if fields:
            sets = [SQL("{0} = " + SET[name]).format(Identifier(field.column)) for name, field in fields.items()]
            asked = SPREAD.format(
                table=Identifier(model._meta.db_table), key=Identifier(model._meta.pk.column), sets=SQL(", ").join(sets)
            )
            superuser.execute(asked, said | {"ids": [str(pk) for pk in ids]})
    superuser.execute("SET session_replication_role = DEFAULT")


def _monitors(sites, now):
    """A monitor at each of the first chairs of every site, confirmed by a nurse: twenty in all."""
    for site in sites:
        nurse = nurses_of(site)[0]
        for chair in site.chairs.order_by("position")[: MONITORS // SITES]:
            device = Device.objects.create(
                sender="BEDSIDE|DEMO", unit=f"DEMO-{str(chair.pk)[:8]}", bed=f"INF^^CHAIR {chair.label}",
                first_heard_at=now, last_heard_at=now,
            )  # fmt: skip
            confirm_device(device=device, chair=chair, by=nurse, label=f"Monitor {chair.label}", at=now)
