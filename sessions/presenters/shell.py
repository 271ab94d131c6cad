"""The empty page a tablet keeps for an hour without network, and the worker that shows it. Nothing of a patient."""

import hashlib
import json
from functools import lru_cache

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from sessions.forms.offline import blank_form
from sessions.presenters.offline import doors
from sessions.presenters.words import LONG, MISSING, RASS, UNITS
from sessions.rules.vitals import MEASURES

FILES = (
    "vendor/bootstrap/bootstrap.min.css", "css/tokens.css", "css/base.css", "css/forms.css", "css/tables.css",
    "css/charts.css", "css/runsheet.css", "css/keypad.css", "css/sessions.css", "css/offline.css", "js/theme.js",
    "js/errors.js", "js/once.js", "js/offline-store.js", "js/offline.js", "js/offline-pad.js", "img/tideline.svg",
)  # fmt: skip
# Typed first, in the order in which they are read off the monitor.
FIRST = ("systolic", "diastolic", "heart_rate", "spo2", "resp_rate")
SCALES = ("pain", "dissociation", "comfort")


def worker_text():
    """The service worker with the names of what it keeps; another version when any of it has changed."""
    names = [static(name) for name in FILES]
    facts = {"SHELL": reverse("sessions:offline-shell"), "FILES": names, "STORE": static("js/offline-store.js")}
    script = _read("js/service-worker.js")
    facts["VERSION"] = _version()
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in facts.items())
    return head + script


def _read(name):
    with open(finders.find(name), encoding="utf-8") as file:
        return file.read()


@lru_cache(maxsize=1)
def _version():
    """Eight characters that change with any of the files."""
    told = hashlib.sha256()
    for name in (*FILES, "js/service-worker.js"):
        with open(finders.find(name), "rb") as file:
            told.update(file.read())
    return told.hexdigest()[:8]


def shell_page():
    """The shell's context: blank forms of what may be written without network, measures and words of a set."""
    blank = [_pad(door, title, blank_form(door)) for door, title in doors()]
    return {"pads": blank, "measures": pad_measures(), "choices": pad_choices()}


def _pad(door, title, form):
    """One blank form with the names that must not be empty; which drug and under which id, the tablet knows."""
    needed = [name for name, field in form.fields.items() if field.required and name not in ("entry_id", "dose_order")]
    return {"door": door, "title": title, "form": form, "needed": " ".join(needed)}


def pad_measures():
    """The numbers of a set: code, words, unit, hard and soft bounds."""
    order = (*FIRST, *(m for m in ("etco2", "temperature") if m not in FIRST))
    return [
        {"code": m, "label": LONG[m], "unit": UNITS[m], "hard": MEASURES[m].hard, "soft": MEASURES[m].soft}
        for m in order
    ]


def pad_choices():
    """Words of the scales and of the reasons for a gap."""
    return {"rass": [(str(n), f"{n} {w}") for n, w in RASS.items()], "scales": [(m, LONG[m]) for m in SCALES],
            "missing": MISSING, "tens": range(11)}  # fmt: skip
