"""REL-22: random work, random kill -9, against a plain notebook of what P-1 to P-4 promise.

Every request and every sweep runs in a process of its own that may die at any statement, commit or mail. The notebook
knows three things only: what was acknowledged, what may have happened, and what must not.

Two hundred runs are the drill; `./test` takes a dozen. TIDELINE_RUNS asks for more.
"""

import os
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from clinic import clock, notify
from clinic.models import AuditEvent, Message, Patient
from clinic.notify import sender
from sessions.models import VitalsReading
from tests.drills import post
from tests.drills.dying import GONE, Letterbox, lived
from tests.drills.figures import say
from tests.people import people, signed_in
from tests.sessions import screens

RUNS = int(os.environ.get("TIDELINE_RUNS", "200"))
MOMENT = st.one_of(st.integers(0, 26), st.integers(0, 26), st.integers(0, 26), st.none())
WHICH = st.integers(0, 10_000)


class World:
    """The clinic all runs of a drill share; counts what they did."""

    def __init__(self, letterbox):
        self.people = people()
        self.session = screens.Busy(self.people).ready()
        self.session.start()
        self.nurse, self.desk = signed_in(self.people.nurse), signed_in(self.people.front_desk)
        self.people.patient.zone_name = post.awake_zone()
        self.people.patient.save()
        self.path = screens.url("vitals-record", self.session.session)
        self.letterbox = letterbox
        self.number, self.done, self.killed = 0, 0, 0

    def next(self):
        """A number nobody had before."""
        self.number += 1
        return self.number

    def live(self, work, dies_at=None):
        """Do it in a process that may die."""
        given = lived(work, dies_at)
        self.done += 1
        self.killed += given == GONE
        return given

    def taken(self):
        """What the mail provider took, one Message-ID a line."""
        return self.letterbox.read_text().split()


class Notebook(RuleBasedStateMachine):
    """What was promised, told apart from what may be."""

    world: World

    @initialize()
    def begin(self):
        """A new page: nothing charted, nobody looking, nothing to send."""
        self.charted, self.pending, self.acknowledged = {}, set(), set()
        self.mails, self.seen = {}, {}
        connection.close()
        patient = Patient.objects.get(pk=self.world.people.patient.pk)
        self.phone, self.version = patient.phone, patient.version

    # --- P-1, P-2: what is charted ----------------------------------------------------------------------------------

    @rule(dies_at=MOMENT)
    def chart(self, dies_at):
        """A set of vitals with an id of its own."""
        ident = str(uuid.UUID(int=self.world.next()))
        self.charted[ident] = 100 + self.world.number % 40
        self._send(ident, dies_at)

    @precondition(lambda self: self.charted)
    @rule(which=WHICH, dies_at=MOMENT)
    def chart_again(self, which, dies_at):
        """The tablet sends the same set once more, whether it heard an answer or not."""
        self._send(sorted(self.charted)[which % len(self.charted)], dies_at)

    @precondition(lambda self: self.charted)
    @rule(which=WHICH)
    def chart_other_words_under_an_old_id(self, which):
        """The same id with another body is refused.

        Which rules there are to choose from hangs on the story alone, never on who happened to live: a set that nobody
        acknowledged is left alone here, so that a story told again is the same story.
        """
        ident = sorted(self.charted)[which % len(self.charted)]
        if ident in self.acknowledged:
            assert self.world.live(lambda: self._post(ident, self.charted[ident] + 1)) == 409

    def _send(self, ident, dies_at):
        status = self.world.live(lambda: self._post(ident, self.charted[ident]), dies_at)
        if status == GONE:
            self.pending |= {ident} - self.acknowledged
        else:
            assert status == 302, status
            self.acknowledged.add(ident)
            self.pending.discard(ident)

    def _post(self, ident, systolic):
        form = {"entry_id": ident, "systolic": str(systolic), "diastolic": "60", "heart_rate": "72", "spo2": "98"}
        return self.world.nurse.post(self.world.path, form).status_code

    # --- P-3: what is edited ----------------------------------------------------------------------------------------

    @rule(who=st.sampled_from("ab"))
    def open_the_patient(self, who):
        """Somebody opens the page and so knows this version."""
        self.seen[who] = self.version

    @precondition(lambda self: self.seen)
    @rule(which=WHICH, dies_at=MOMENT)
    def save_the_patient(self, which, dies_at):
        """They save what they typed, from whatever version they saw."""
        who = sorted(self.seen)[which % len(self.seen)]
        phone = f"212 555 {self.world.next() % 10_000:04}"
        fits = self.seen[who] == self.version
        status = self.world.live(lambda: self._edit(self.seen[who], phone), dies_at)
        if status == GONE:
            self._settle(phone, fits)
        else:
            assert status == (302 if fits else 409), (status, fits)
            if fits:
                self.phone, self.version = phone, self.version + 1
        self.seen.pop(who)

    def _settle(self, phone, fits):
        """They died: it is saved whole or not at all, and only if the version fitted."""
        patient = Patient.objects.get(pk=self.world.people.patient.pk)
        assert (patient.phone, patient.version) in ((self.phone, self.version), (phone, self.version + 1))
        assert fits or patient.version == self.version
        self.phone, self.version = patient.phone, patient.version

    def _edit(self, version, phone):
        patient = Patient.objects.get(pk=self.world.people.patient.pk)
        same = ("family_name", "given_name", "email", "zone_name", "sex")
        born = zip(
            ("month", "day", "year"), (patient.born_on.month, patient.born_on.day, patient.born_on.year), strict=True
        )
        form = {name: getattr(patient, name) for name in same} | {f"born_on_{part}": value for part, value in born}
        path = reverse("clinic:patient-edit", args=[patient.pk])
        return self.world.desk.post(path, form | {"phone": phone, "version": version}).status_code

    # --- P-4: what is sent ------------------------------------------------------------------------------------------

    @rule(dies_at=MOMENT, twice=st.booleans())
    def remind(self, dies_at, twice):
        """Something is to be said; asked twice it is still one mail."""
        key = f"model:{self.world.next()}"
        self.mails[key] = self.world.live(lambda: self._enqueue(key), dies_at) != GONE
        if twice:
            self.mails[key] |= self.world.live(lambda: self._enqueue(key)) != GONE

    def _enqueue(self, key):
        p, at = self.world.people, clock.now()
        notify.enqueue("visit_cancelled", recipient=p.patient, site=p.site, dedupe_key=key, due_at=at, at=at,
                       context={"when": "today at 2:05 pm"})  # fmt: skip
        return True

    @precondition(lambda self: self.mails)
    @rule(dies_at=MOMENT)
    def sweep(self, dies_at):
        """A worker sends what is due."""
        self.world.live(lambda: bool(sender.sweep(seconds=5)), dies_at)

    @precondition(lambda self: self.mails)
    @rule()
    def ten_minutes_pass(self):
        """What is still under way then is for a person to see."""
        late = clock.now() - sender.UNKNOWN_AFTER - timedelta(seconds=1)
        Message.objects.filter(state="sending").update(claimed_at=late)
        connection.close()
        self.world.live(lambda: bool(sender.settle_unknown()))

    # --- What always holds ------------------------------------------------------------------------------------------

    @invariant()
    def what_was_acknowledged_is_there_once_and_as_it_was(self):
        """P-1 and P-2."""
        rows = VitalsReading.objects.filter(entry_id__in=self.charted).values_list("entry_id", "systolic")
        kept = {str(ident): value for ident, value in rows}
        assert len(kept) == len(rows)
        assert self.acknowledged <= set(kept), "acknowledged, but lost"
        assert kept == {ident: self.charted[ident] for ident in kept}
        assert set(kept) <= self.acknowledged | self.pending
        audited = AuditEvent.objects.filter(verb="entry.vitals", is_look=False, subject_id__in=kept).count()
        assert audited == len(kept), "a set without its audit row"

    @invariant()
    def nobody_was_overwritten(self):
        """P-3: the last acknowledged edit stands, and each version has its line in the audit."""
        patient = Patient.objects.get(pk=self.world.people.patient.pk)
        assert (patient.phone, patient.version) == (self.phone, self.version)
        edits = AuditEvent.objects.filter(verb="patient.edited", subject_id=patient.pk).count()
        assert edits == self.version - 1

    @invariant()
    def nothing_was_said_twice(self):
        """P-4: the provider took each mail once at most; "sent" was sent, "due" was not."""
        taken = self.world.taken()
        assert len(taken) == len(set(taken)), "said twice"
        for message in Message.objects.filter(dedupe_key__in=self.mails):
            was_taken = post.ident(message) in taken
            assert message.state != "sent" or was_taken, "shown as sent, but never said"
            assert message.state != "due" or not was_taken, "said, and about to be said again"

    def teardown(self):
        """The dying ends: everything is sent again until it is heard, and every worker may finish."""
        if not hasattr(self, "charted"):
            return
        for ident in sorted(self.pending):
            self._send(ident, None)
        if self.mails:
            self.ten_minutes_pass()
            self.sweep(None)
        self.what_was_acknowledged_is_there_once_and_as_it_was()
        self.nothing_was_said_twice()
        assert self.acknowledged == set(self.charted)
        found = dict(Message.objects.filter(dedupe_key__in=self.mails).values_list("dedupe_key", "state"))
        assert set(found.values()) <= {"sent", "unknown"}
        assert {key for key, heard in self.mails.items() if heard} <= set(found)


def run(world, runs):
    """So many random stories in this world."""
    Notebook.world = world
    run_state_machine_as_test(
        Notebook,
        settings=settings(
            max_examples=runs,
            stateful_step_count=12,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert world.killed > runs, "hardly anybody died: the drill proves nothing"
    say(
        "REL-22",
        f"{runs} runs, {world.done} pieces of work, {world.killed} killed on the way, 0 violations of P-1 to P-4",
    )


@pytest.fixture
def world(live_db, monkeypatch, tmp_path, settings):
    settings.EMAIL_BACKEND = "tests.drills.dying.Letterbox"
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    screens.begin(monkeypatch, 40)
    letterbox = tmp_path / "taken"
    letterbox.touch()
    monkeypatch.setattr(Letterbox, "path", letterbox, raising=False)
    return World(letterbox)


@pytest.mark.short
def test_rel_22_the_notebook_sees_a_mail_that_would_be_said_twice(world):
    """The comparison can fail: a worker dies after the provider took the mail, and somebody puts the row back."""
    Notebook.world = world
    story = Notebook()
    story.begin()
    story.remind(None, False)
    message = Message.objects.get(dedupe_key__in=story.mails)
    for moment in range(40):
        story.sweep(moment)
        message.refresh_from_db()
        if world.taken():
            break
        Message.objects.filter(pk=message.pk, state="sending").update(state="due", claimed_at=None, claimed_by="")
    assert message.state == "sending"
    story.nothing_was_said_twice()
    Message.objects.filter(pk=message.pk).update(state="due", claimed_at=None, claimed_by="")
    with pytest.raises(AssertionError, match="about to be said again"):
        story.nothing_was_said_twice()


@pytest.mark.short
def test_rel_22_a_dozen_random_stories_with_random_kills(world):
    run(world, 12)


@pytest.mark.timeout(3600)
def test_rel_22_two_hundred_random_stories_with_random_kills(world):
    run(world, RUNS)
