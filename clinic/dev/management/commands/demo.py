"""Make the demo clinic: two sites, staff in every role, forty invented patients at every stage, today's board."""

import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.test.utils import override_settings

from clinic import audit, clock
from clinic.dev.demo import cast, evenings, moments, returned, waiting, world
from clinic.dev.demo.access import looked_after
from clinic.dev.demo.body import body_of
from clinic.dev.demo.calendar import live_in
from clinic.dev.demo.stories import story_of
from clinic.models import DeploymentMark, User
from clinic.notify.sender import sweep
from followup.actions import booster, curves, relief
from followup.models import DiaryPlan

SHARES = 2  # one process for each core


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=7, help="another seed makes other figures, the same people")
        parser.add_argument("--share", type=int, help="for its own helpers: play only this share of the stories")
        parser.add_argument("--now", type=float, help="for its own helpers: the moment it all leads to")

    def handle(self, *args, **options):
        with ExitStack() as stack:
            stack.enter_context(audit.context(demo=True))
            stack.enter_context(override_settings(NOTIFY_LOG_ONLY=True))
            now = clock.at(options["now"]) if options["now"] else clock.now()
            if options["share"] is not None:
                self._play(options["share"], now, options["seed"])
            else:
                self._make(now, options["seed"])

    def _make(self, now, seed):
        if User.objects.exists():
            raise CommandError("Somebody works here already: the demo clinic is made in an empty database only.")
        begun = time.monotonic()
        self._say("Sites, staff, protocols and texts ...")
        with transaction.atomic():
            sites = world.make_places(now)
            crew = world.make_staff(sites, now)
            world.approve_everything(crew, now)
            moments.give_pins(crew, now)
            moments.hang_walls(crew, sites, now)
            DeploymentMark.objects.create(kind="demo", made_at=now, detail={"logins": logins()})
        self._say(f"Six months of care for {len(cast.STAGES)} patients ...")
        self._in_shares(now, seed)
        live_in(now)
        evenings.close_days(world.World(now, seed, 0), now, self._say)
        self._say("Relief, boosters and messages ...")
        self._follow(now)
        self._say(f"The demo clinic is ready, made in {time.monotonic() - begun:.0f} s.")

    def _in_shares(self, now, seed):
        manage = Path(__file__).resolve().parents[4] / "manage.py"
        words = ["demo", "--seed", str(seed), "--now", str(now.timestamp())]
        helpers = [
            subprocess.Popen([sys.executable, str(manage), *words, "--share", str(share)]) for share in range(SHARES)
        ]
        ended = [helper.wait() for helper in helpers]
        if any(ended):
            raise CommandError("A part of the demo clinic could not be made; the words above say why.")

    def _play(self, share, now, seed):
        here = world.World(now, seed, share)
        counts, stories = {}, []
        for person in cast.people():
            place = counts[person.stage] = counts.get(person.stage, -1) + 1
            if person.number % SHARES == share:
                stories.append(story_of(person, body_of(person, seed), here, place))
        stories += [evenings.count(here, place) for place in range(len(here.sites))]
        done = iter(range(1, len(stories) + 1))
        world.play(stories, tell=lambda: self._say(f"  {next(done)} of {len(stories)} stories ({share + 1})"))

    def _follow(self, now):
        for plan in DiaryPlan.objects.select_related("course").order_by("started_at"):
            relief.rebuild(course=plan.course, at=now)
        curves.refresh_curves(at=now)
        for plan in DiaryPlan.objects.select_related("course").order_by("started_at"):
            booster.review(course=plan.course, at=now)
        here = world.World(now, 0, 0)
        moments.short_in_the_safe(here, now)
        looked_after(here, now)
        waiting.fill(now)
        while sweep(at=now):
            continue
        returned.tell(now)

    def _say(self, words):
        self.stdout.write(words)
        self.stdout.flush()


def logins():
    """The logins worth printing: role in words, e-mail, password."""
    roles = {mail: ", ".join(sorted({r for held in sites.values() for r in held})) for _, _, mail, sites in cast.STAFF}
    return [
        {
            "role": roles[mail].replace("_", " "),
            "email": f"{mail}@example.org",
            "password": cast.PASSWORD,
            "pin": cast.PIN if mail in cast.PIN_HOLDERS else "",
        }
        for mail in cast.LOGINS
    ]
