"""Rows that many tests begin with, made once and left standing for the tests that follow.

    everyone = standing(people)
    scene = standing(Scene, on=everyone)

are fixtures. Their rows are written by the same functions as ever, in a transaction that is never committed; each test
runs in a savepoint above them and gets fresh copies of the objects, so that nothing it writes or changes is seen by
another. What stands on something else is made of it; `begun` is for what began so many minutes ago: it is made anew
when the minute is over. A test that asks for rows in the middle of its work (`request.getfixturevalue`) gets rows of
its own.
"""

import copy
import time
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache as counts
from django.db import connection, transaction

from clinic import clock
from tests.sessions import scene as scenes
from tests.sessions.screens import begin

# Seconds that rows stand at most: a seal waits for every transaction begun before it, on the whole server.
LONGEST = 40


@dataclass(frozen=True)
class Layer:
    """What `make` makes, of what the layer `on` made when there is one; `begun` so many minutes ago."""

    make: object
    on: "Layer | None" = None
    begun: int | None = None

    @property
    def pile(self) -> tuple:
        """The layers it stands on, the lowest first, and itself."""
        return (*(self.on.pile if self.on else ()), self)

    @property
    def moves(self) -> bool:
        """Whether it, or what it stands on, began some minutes ago."""
        return any(one.begun is not None for one in self.pile)

    def put(self, values: dict, monkeypatch):
        """Make it, of these values, and put it among them."""
        if self.begun is not None:
            begin(monkeypatch, self.begun)
        values[self] = self.make(values[self.on]) if self.on else self.make()


@dataclass
class Stand:
    """One layer whose rows are in the database: their savepoint, all values up to here, their nine o'clock."""

    layer: Layer
    block: transaction.Atomic
    values: dict
    nine: object
    minute: object
    since: float = field(default_factory=time.monotonic)


@dataclass
class Pile:
    """The layers that stand in this process, one on the other, and the copies of the test that runs."""

    stands: list[Stand] = field(default_factory=list)
    copies: dict = field(default_factory=dict)

    def lay(self, wanted: tuple, monkeypatch) -> None:
        """See that exactly the wanted layers stand, and hand out copies of what they made."""
        self.make_way(wanted)
        for layer in wanted[len(self.stands) :]:
            self._build(layer)
        self.copies = copy.deepcopy(self.stands[-1].values) if self.stands else {}
        if self.stands:
            counts.clear()  # the same people as in the test before: what it tried too often is not counted here
            self._set_clock(monkeypatch)

    def make_way(self, wanted: tuple = ()) -> None:
        """Take down, from the top, what is not wanted; and all when a test has lost the connection."""
        while self.stands and not self._fits(wanted):
            transaction.set_rollback(True)
            self.stands.pop().block.__exit__(None, None, None)

    def _fits(self, wanted) -> bool:
        standing = tuple(one.layer for one in self.stands)
        fresh = all(one.minute == _minute() for one in self.stands if one.layer.begun is not None)
        fresh = fresh and time.monotonic() - self.stands[0].since < LONGEST
        return fresh and not self._is_lost() and standing == wanted[: len(standing)]

    @staticmethod
    def _is_lost() -> bool:
        """Whether a test, or the server, has closed the connection with everything that stood on it."""
        return connection.closed_in_transaction or connection.connection is None or bool(connection.connection.closed)

    def _build(self, layer) -> None:
        values = copy.deepcopy(self.stands[-1].values) if self.stands else {}
        block, minute = transaction.atomic(), _minute()
        block.__enter__()
        if not self.stands:
            self._stay()
        try:
            with pytest.MonkeyPatch.context() as patched:
                self._set_clock(patched)
                layer.put(values, patched)
                self.stands.append(Stand(layer, block, values, scenes.NINE, minute))
            self._check()
        except BaseException:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            self.stands = [one for one in self.stands if one.block is not block]
            raise

    @staticmethod
    def _check() -> None:
        """Hold what was made against the constraints that wait for the end of a transaction.

        Undone afterwards, so that those which wait and those which do not stay what they are for the tests upon it.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)

    @staticmethod
    def _stay() -> None:
        """Let the server keep the transaction open however long the tests upon it work on something else."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")

    def _set_clock(self, monkeypatch) -> None:
        if self.stands and self.stands[-1].layer.moves:
            monkeypatch.setattr(scenes, "NINE", self.stands[-1].nine)


def _minute():
    return clock.now().replace(second=0, microsecond=0)


PILE = Pile()
LAYERS: dict = {}  # fixture function -> its layer


def standing(make, *, on=None, begun=None):
    """A fixture whose rows stand: `make()`, or `make(value)` of the fixture `on`, which stands too."""
    layer = Layer(make, layer_of(on), begun)

    def fixture(db, monkeypatch):
        for one in layer.pile:
            if one not in PILE.copies:
                one.put(PILE.copies, monkeypatch)
        return PILE.copies[layer]

    LAYERS[fixture] = layer
    return pytest.fixture(fixture)


def layer_of(fixture) -> Layer | None:
    """The layer of a fixture that `standing` made; None of none."""
    return LAYERS[fixture._get_wrapped_function()] if fixture else None


def wanted_by(item) -> tuple:
    """The layers to stand under a test, the lowest first: those of its fixtures as far as they form one pile."""
    asked = [
        LAYERS[found[-1].func].pile for found in item._fixtureinfo.name2fixturedefs.values() if found[-1].func in LAYERS
    ]
    return max(asked, key=len, default=())
