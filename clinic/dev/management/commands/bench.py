"""Measure: `bench NAME [--json]`. Ours and its yardstick in turns in one run, on services of its own."""

import json
import os
from contextlib import closing
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic.dev.bench import booking, chart, day, intake, live, pages, relief, reminders, search, vitals
from clinic.dev.bench.place import BenchFailed, Place

BENCHES = {
    "booking": booking,
    "chart": chart,
    "day": day,
    "intake": intake,
    "live": live,
    "pages": pages,
    "relief": relief,
    "reminders": reminders,
    "search": search,
    "vitals": vitals,
}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("name", choices=sorted(BENCHES))
        parser.add_argument("--json", action="store_true", help="print exactly one JSON line last")
        parser.add_argument("--step", choices=("seed", "measure"), help="for its own helpers: one step, inside")
        parser.add_argument("--port", type=int, help="for its own helpers: where the pages are")
        parser.add_argument(
            "--sizes",
            type=int,
            nargs="+",
            help="how many: patients of search, messages of reminders, watchers of live (few, many and then seconds)",
        )

    def handle(self, *args, **options):
        try:
            if options["step"]:
                self._inside(BENCHES[options["name"]], options)
            else:
                self._outside(options)
        except BenchFailed as problem:
            raise CommandError(f"No figures: {problem}") from problem

    def _inside(self, bench, options):
        if options["step"] == "seed":
            with closing(psycopg2.connect(os.environ["BENCH_SUPERUSER_URL"])) as superuser:
                superuser.autocommit = True
                bench.seed(superuser.cursor())
        else:
            more = {"sizes": options["sizes"]} if options["sizes"] else {}
            self.stdout.write(json.dumps(bench.measure("127.0.0.1", options["port"], **more)))

    def _outside(self, options):
        bench = BENCHES[options["name"]]
        if hasattr(bench, "run"):
            result = bench.run(Path(settings.DATA_FOLDER), lambda words: self._say(words, options), options["sizes"])
        else:
            result = self._in_one_place(options)
        for key, value in result.items():
            self._say(f"  {key:24} {value}", options)
        if options["json"]:
            self.stdout.write(json.dumps(result))

    def _in_one_place(self, options):
        name = options["name"]
        with Place(name, Path(settings.DATA_FOLDER)).open() as place:
            if getattr(BENCHES[name], "ANEW", False):
                self._say("Seeding anew ...", options)
                place.make()
            else:
                self._say("Seeding, once for these models ...", options)
                place.seeded()
            place.start_pages()
            if getattr(BENCHES[name], "NEEDS_STREAM", False):
                place.start_stream()
            self._say("Measuring, in turns ...", options)
            sizes = ["--sizes", *map(str, options["sizes"])] if options["sizes"] else []
            printed = place.manage("bench", name, "--step", "measure", "--port", str(place.port), *sizes)
        return json.loads(printed.strip().splitlines()[-1])

    def _say(self, words, options):
        if not options["json"]:
            self.stdout.write(words)
            self.stdout.flush()
