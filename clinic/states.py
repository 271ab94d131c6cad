"""State machines as tables. The same table guards the action, the database trigger and the diagram in docs/."""

from dataclasses import dataclass

import pgtrigger
from django.apps import apps
from django.db import models

from clinic.refusal import Item, Refused

MACHINES = {}


@dataclass(frozen=True)
class Machine:
    """`moves` maps each state to the states it may go to; a state with no moves is an end."""

    name: str
    start: str
    moves: dict
    labels: dict

    def __post_init__(self):
        MACHINES[self.name] = self

    @property
    def states(self):
        return tuple(self.moves)

    @property
    def ends(self):
        return tuple(state for state, to in self.moves.items() if not to)

    def can(self, frm, to):
        return to in self.moves.get(frm, ())

    def check(self, frm, to):
        """Raise Refused unless the table has this move."""
        if not self.can(frm, to):
            raise Refused(Item("no-such-move", f"{self.label(frm)} can't become {self.label(to)}."))

    def label(self, state):
        return self.labels.get(state, state.replace("_", " "))

    @property
    def choices(self):
        return [(state, self.label(state)) for state in self.moves]

    def trigger(self, field="state"):
        """The same table as a database trigger: a direct UPDATE cannot take a move that is not in it."""
        return pgtrigger.FSM(
            name=f"{self.name}_moves",
            field=field,
            transitions=[(a, b) for a, to in self.moves.items() for b in to],
        )

    def known(self, field="state"):
        """A CHECK that the column holds one of the states."""
        return models.CheckConstraint(
            condition=models.Q(**{f"{field}__in": list(self.moves)}), name=f"{self.name}_known"
        )


def machine(name, start, moves, labels=None):
    """Shorthand: moves given as {"a": "b c", "b": "", ...}."""
    return Machine(name, start, {a: tuple(to.split()) for a, to in moves.items()}, labels or {})


def transition(obj, to, *, by, at, machine, field="state", reason="", also=()):
    """Move a locked row along the table, save it and append the history row. Raises Refused for any other move.

    ``also`` names fields that are saved in the same statement, where a constraint ties them to the state.
    """
    frm = getattr(obj, field)
    machine.check(frm, to)
    setattr(obj, field, to)
    obj.save(update_fields=[field, *also])
    apps.get_model("clinic.StateChange").objects.create(
        machine=machine.name,
        subject_id=obj.pk,
        from_state=frm,
        to_state=to,
        at=at,
        reason=reason,
        by_user=by if getattr(by, "is_staff_user", False) else None,
    )
    return obj
