"""What the attacks on infusions need: two clinics and two neighbours in one of them, each with an infusion running."""

import uuid

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection

from clinic.models import AuditEvent
from sessions import actions
from sessions.models import Entry
from tests import factories
from tests.house import matrix
from tests.house.matrix_objects import Side, other_side, params
from tests.sessions.scene import Scene
from tests.sessions.screens import Busy

# What every form of the chairside could ask for, so that a page that let one in would have something to write.
BODY = {
    "systolic": "99", "diastolic": "55", "heart_rate": "61", "spo2": "91", "reason": "Attack", "text": "Attack",
    "dose_mg": "4", "mg": "5", "volume_ml": "5", "rate_ml_h": "5", "answer": "going", "step": "called", "value": "71",
    "unit": "kg", "basis": "measured", "explanation": "Attack", "cause": "other", "to": "", "read": "on",
}  # fmt: skip
COUNTS_NOT = (AuditEvent, Session)
# Parameters that name a row of a session, beside the session's own id.
SUBS = ("preparation", "order", "standing", "alarm", "entry")


def body():
    """A form with fresh ids."""
    return BODY | {"entry_id": str(uuid.uuid4()), "strike_id": str(uuid.uuid4())}


class Clinics:
    """`own` and `neighbour` sit in one clinic, `foreign` in the other: the same things, other rows."""

    def __init__(self, everyone):
        self.people = everyone
        self.own_side, self.foreign_side = Side(everyone), Side(other_side(everyone))
        self.own, self.foreign = self.own_side.get("scene"), self.foreign_side.get("scene")
        self.neighbour = self._neighbour(everyone)
        self.note_of = {id(s): note(s) for s in (self.own, self.neighbour, self.foreign)}

    def _neighbour(self, everyone):
        beside = factories.patient(at_site=everyone.harbor, given_name="Bo", family_name="Beside-Test")
        scene = Busy(everyone, patient=beside, chair=1).ready(code="KET-B")
        scene.start()
        scene.vitals(21, systolic=191, confirmed={"systolic"})
        return scene

    def given(self, path, session, sub_of):
        """The parameters of a path: this session's id, and below it a row of `sub_of`."""
        side = self.foreign_side if sub_of is self.foreign else self.own_side
        mine = {name: self.sub(sub_of, name) for name in path.params if name in SUBS}
        return params(path, side) | mine | {"pk": session.pk}

    def sub(self, scene, name):
        """The id of this scene's row that stands in the path under this name."""
        session = scene.session
        rows = {
            "preparation": lambda: scene.preparation,
            "order": lambda: session.orders.first(),
            "standing": lambda: scene.version.standingorders.first(),
            "alarm": lambda: Entry.objects.filter(session=session, kind="alarm").first(),
            "entry": lambda: Entry.objects.filter(session=session, kind="vitals").first(),
        }
        return rows[name]().pk


def note(scene: Scene):
    """A note of this infusion."""
    return scene.do(actions.record_note, 22, text="A note of its own").entry


def paths_of(role, *, one):
    """The paths of the chairside with an id that this role may ask for: those of one session, or of something else."""
    mine = [p for p in matrix.paths() if p.namespace == "sessions" and "pk" in p.params]
    return [p for p in mine if role in p.view.door.roles and is_of_session(p) == one]


def is_of_session(path):
    """Whether its `pk` is a session's: not a visit's, a container's or a device's."""
    zero, word = uuid.UUID(int=0), "fasting"
    pattern = {name: word if name in ("gate", "slug", "kind", "step") else zero for name in path.params}
    return "/sessions/" in matrix.address_of(path, pattern)


def has_row(path):
    """Whether it names a row below the session."""
    return any(name in SUBS for name in path.params)


def rows():
    """Every row of every table but the log itself and the browsers' sessions."""
    tables = set(connection.introspection.table_names())
    models = [m for m in apps.get_models() if m._meta.db_table in tables and m not in COUNTS_NOT]
    return {model: sorted(map(_row, model._base_manager.values_list())) for model in models}


def _row(values):
    return str([bytes(value) if isinstance(value, memoryview) else value for value in values])


def denied():
    """What stands in the audit of those who were not let in."""
    return AuditEvent.objects.filter(verb__startswith="denied ")
