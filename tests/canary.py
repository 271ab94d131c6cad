"""G-12: what people type goes in at the front; nowhere behind the pages does it come out again in clear.

`./test --canary` runs every browser test with this on. Names, addresses, numbers, birth dates and words of the record
that a test put into its database are the markers; what the processes behind the pages wrote down is looked through for
them: the pages' log as production writes it, the access log with its addresses, PostgreSQL's log, every command that
reached Redis (queue and streams), the worker's and the stream's logs, error reports, subjects of mails. Ids may stand
there: they say nothing to whoever finds them.
"""

import email
import email.policy
import json
import logging
import os
import re
import shutil
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import models

from clinic.project.logs import DiscreetFilter, LineFormatter

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".data" / "canary"
KINDS = ("personal", "clinical", "mental")
FEWEST = 9  # characters: shorter words stand in too many places to tell anything
NAMES = ("family_name", "email", "phone", "address", "emergency_name", "emergency_phone")
DONE = "the canary is done"  # the last line of what was listened to in this process; without it nobody listened
PAGES = "log of the pages"
SUBJECTS = "mail subjects and links"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
USUAL = {"Example", "Testing", "Faster"}  # family names that are words of the programs' own, too


@dataclass
class Sink:
    """One place behind the pages: how much stands in it, how many ids, which markers."""

    name: str
    lines: int
    size: int
    ids: int
    found: list

    def __str__(self):
        said = f"{self.found[:3]}" if self.found else "clean"
        return f"{self.name:<28} {self.lines:>8} lines {self.size:>10} bytes {self.ids:>7} ids  {said}"


def markers() -> set[str]:
    """What stands in the database of this test and must stand nowhere else."""
    from clinic.models import Patient

    told = set()
    for row in Patient.objects.values(*NAMES, "given_name", "preferred_name", "born_on"):
        told |= {row[name] for name in NAMES} | {row["born_on"].isoformat()}
        told.add(f"{row['given_name']} {row['family_name']}")
    told |= {words for model in apps.get_models() for words in _written(model)}
    return {words for words in told - USUAL if words and len(words) >= (FEWEST if " " in words else 7)}


def _written(model):
    """Free words in the classified fields of a model, and in the answers kept as JSON."""
    classes = getattr(model, "CLASSIFY", {})
    for field in model._meta.local_concrete_fields:
        if classes.get(field.name) not in KINDS or field.choices:
            continue
        if isinstance(field, models.TextField):
            yield from _sentences(model._base_manager.values_list(field.name, flat=True))
        elif isinstance(field, models.JSONField):
            for value in model._base_manager.values_list(field.name, flat=True):
                yield from _sentences(_strings(value))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _sentences(values):
    """Words of people: more than one, without the marks of a code."""
    return (text for value in values if value and " " in (text := value.strip()) and len(text) >= 12)


class Recorder:
    """Keeps what this process' parts write, in a folder of its own; `learn` adds a test's markers."""

    def __init__(self, folder: Path):
        self.folder, self.known = folder, set()
        folder.mkdir(parents=True, exist_ok=True)

    def learn(self):
        """Take over the markers of the database that stands now."""
        self.known |= markers()
        (self.folder / "markers.json").write_text(json.dumps(sorted(self.known)))

    def keep(self, name: str, text: str):
        """Add to a sink."""
        with (self.folder / f"{name}.txt").open("a", encoding="utf-8") as place:
            place.write(text)

    def keep_files(self, folder: Path):
        """The logs and the mails' subjects that a test left in its folder; bodies are the patients' own."""
        for path in folder.rglob("*.log"):
            if path.name != "mail.log":
                self.keep(f"log of {path.stem}", path.read_text(errors="replace"))
        for path in folder.rglob("*.eml"):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            links = " ".join(re.findall(r"https?://\S+", f"{letter.get_body(('plain',)).get_content()}"))
            self.keep(SUBJECTS, f"{letter['Subject']} {links}\n")

    @contextmanager
    def logging(self):
        """The log of this process, written as production writes it."""
        handler = logging.FileHandler(self.folder / f"{PAGES}.txt", encoding="utf-8")
        handler.addFilter(DiscreetFilter())
        handler.setFormatter(LineFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root = logging.getLogger()
        before = root.level
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        try:
            yield
        finally:
            logging.getLogger("tests.canary").info(DONE)
            root.removeHandler(handler)
            root.setLevel(before)
            handler.close()

    @contextmanager
    def redis(self, url: str):
        """Every command that reaches Redis: what lay in the queue and the streams, however short a time."""
        import redis

        client = redis.from_url(url, socket_timeout=None)  # nobody may ask for anything for a while
        with client.monitor() as monitor:
            thread = threading.Thread(target=self._listen, args=(monitor,), daemon=True)
            thread.start()
            try:
                yield
            finally:
                with redis.from_url(url) as last:
                    last.echo(DONE)
                thread.join(10)
        client.close()

    def _listen(self, monitor):
        for said in monitor.listen():
            self.keep("Redis commands", f"{said['command']}\n")
            if DONE in said["command"]:
                return


def sinks(folder: Path) -> list[Sink]:
    """Everything that was kept, looked through for the markers of all processes."""
    known = _kept(folder, "markers.json")
    found, texts = [], Counter()
    for path in sorted(folder.rglob("*.txt")):
        texts[path.stem] += 0
    for name in texts:
        text = "".join(path.read_text(errors="replace") for path in sorted(folder.rglob(f"{name}.txt")))
        hits = sorted(word for word in known if word in text)
        found.append(Sink(name, text.count("\n"), len(text), len(UUID.findall(text)), hits))
    return found


def _kept(folder, name):
    """What all processes learned, by the file it is kept in."""
    return {word for path in folder.rglob(name) for word in json.loads(path.read_text())}


def deaf(folder: Path) -> list[str]:
    """Processes whose log of the pages was shut before the end: that they are clean would mean nothing."""
    logs = sorted(folder.rglob(f"{PAGES}.txt"))
    return [path.parent.name for path in logs if DONE not in path.read_text(errors="replace")]


def recorder() -> Recorder:
    """The recorder of this process."""
    return Recorder(FOLDER / f"{os.getpid()}")


def begin() -> None:
    """Before a run: nothing of an earlier one is left."""
    shutil.rmtree(FOLDER, ignore_errors=True)


def report() -> tuple[str, bool]:
    """(the table of sinks, whether all of them are clean and there was anything to look through at all)."""
    found = sinks(FOLDER)
    count = len(_kept(FOLDER, "markers.json"))
    unheard = deaf(FOLDER)
    told = [f"Nobody listened to the end to the log of process {name}." for name in unheard]
    table = "\n".join([f"G-12 canary: {count} markers, {len(found)} sinks", *map(str, found), *told])
    return table, bool(found) and count > 0 and not unheard and not any(sink.found for sink in found)
