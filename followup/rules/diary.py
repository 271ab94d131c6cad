"""On which days a diary is asked for, which answers are possible, and which of them a person must see at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from clinic.rules.crisis_words import has_crisis_words
from clinic.rules.quiet import from_wall

ASK_AT = time(18)
LATE_AFTER = timedelta(hours=36)
BASELINE_DAYS = 21
AFTER_DAYS = (0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 16, 18, 21, 23, 25, 28)
THEN_EVERY = 3
STOP_AFTER_DAYS = 120
WAITED_MOST = timedelta(days=14)
FAR_WORSE = Decimal(3)
# Around the days on which relief ended before. Clinic defaults (unverified defaults, the clinic approves).
FADING_MARGIN, FADING_MOST = 2, 42


@dataclass(frozen=True)
class Days:
    """The diary days of a protocol: daily before the first infusion, `after` it on these days, then every `every`.

    `fading`: first and last local day on which relief may fade this time; then it is asked daily again.
    """

    baseline_days: int = BASELINE_DAYS
    after: tuple[int, ...] = AFTER_DAYS
    every: int = THEN_EVERY
    stop_after: int = STOP_AFTER_DAYS
    fading: tuple[date, date] | None = None

    def is_due(self, day: date, approved: date, infusions: Sequence[date]) -> bool:
        """Is the diary asked for on this local day? Daily until the first infusion, dense after each, then thinner."""
        past = [i for i in infusions if i <= day]
        if not past:
            return 0 <= (day - approved).days < self.baseline_days or self._shortly_before(day, infusions)
        since = (day - max(past)).days
        if self.fading and self.fading[0] <= day <= self.fading[1]:
            return True
        if since <= max(self.after):
            return since in self.after
        return since <= self.stop_after and (since - max(self.after)) % self.every == 0

    @staticmethod
    def _shortly_before(day: date, infusions: Sequence[date]) -> bool:
        return any(0 < (i - day).days <= 14 for i in infusions)


def fading_window(last_infusion: date, ends: Sequence[tuple[int, int]]) -> tuple[date, date] | None:
    """The local days on which this relief may fade: around the shortest and the longest time it held before.

    `ends`: of each earlier infusion the last day with relief and the first without. Two days of margin on each side;
    six weeks at most (clinic default). None without such experience.
    """
    if not ends:
        return None
    first = max(min(low for low, _ in ends) - FADING_MARGIN, 1)
    last = min(max(high for _, high in ends) + FADING_MARGIN, first + FADING_MOST)
    return last_infusion + timedelta(days=first), last_infusion + timedelta(days=last)


def ask_at(day: date, zone: ZoneInfo, clock: time = ASK_AT) -> datetime:
    """When the diary of a local day is sent: 18:00 on the patient's wall clock, as UTC."""
    return from_wall(day, clock, zone)


def day_about(asked: date | None, link_day: date) -> date:
    """The day an entry is about: that of the page it was typed on, if it waited on the phone for a fortnight at most.

    A page is opened by a link of its own day; what waited is sent by a later page, whose link is of a later day.
    """
    waited = asked is not None and timedelta(0) <= link_day - asked <= WAITED_MOST
    return asked if waited else link_day


def is_late(day: date, recorded_at: datetime, zone: ZoneInfo) -> bool:
    """True when the entry came more than 36 hours after the diary of that day was asked for."""
    return recorded_at > ask_at(day, zone) + LATE_AFTER


@dataclass(frozen=True)
class Answers:
    """What one diary entry says; None is "not answered" and never 0. All scales 0-10."""

    pain: int | None = None
    mood: int | None = None
    sleep: int | None = None
    function: int | None = None
    relief_gone: bool = False
    asks_next: bool = False
    medicines_as_usual: bool | None = None
    side_effects: tuple[str, ...] = ()
    call_me: bool = False
    self_harm: bool | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        scales = (self.pain, self.mood, self.sleep, self.function, self.medicines_as_usual, self.self_harm)
        said = self.relief_gone or self.asks_next or self.side_effects or self.call_me or self.words.strip()
        return not said and all(value is None for value in scales)


@dataclass(frozen=True)
class Concern:
    """Something a person must see: code, gravity ("alert" the same minute, "task" today), a sentence for clinicians."""

    code: str
    gravity: str
    text: str


SERIOUS_EFFECTS = {
    "chest_pain": "chest pain",
    "breathing": "trouble breathing",
    "fainted": "fainting",
    "confused": "confusion or seeing things that are not there",
    "bladder": "pain or blood when passing urine",
}
USUAL_EFFECTS = {
    "nausea": "feeling sick",
    "dizzy": "dizziness",
    "headache": "headache",
    "tired": "very tired",
    "strange": "feeling strange or far away",
}


def concerns(
    answers: Answers, baseline_pain: Decimal | None, baseline_low_mood: Decimal | None = None
) -> list[Concern]:
    """Everything in one entry that a person must see, gravest first. Free words are only searched for crisis words.

    Baselines are burdens from 0 to 10 (low mood: 10 minus mood); None: not known, then nothing is far worse.
    """
    found = [*urgent(answers), *_pain(answers, baseline_pain), *_mood(answers, baseline_low_mood), *_asked(answers)]
    return sorted(found, key=lambda c: c.gravity != "alert")


def urgent(answers: Answers) -> list[Concern]:
    """What brings an alert whether or not the page could be saved: self-harm, crisis words, serious side effects."""
    return [*_self_harm(answers), *_serious(answers)]


def _asked(answers: Answers) -> Iterable[Concern]:
    if answers.call_me:
        yield Concern("call_me", "task", "Asks to be called.")
    if answers.asks_next:
        yield Concern("asks_next", "task", "Asks for the next infusion.")
    if answers.words.strip() and not has_crisis_words(answers.words):
        yield Concern("wrote", "task", "Wrote in the diary: read it.")


def _self_harm(answers: Answers) -> Iterable[Concern]:
    if answers.self_harm:
        yield Concern("self_harm", "alert", "Answered yes to thoughts of being better off dead or of self-harm.")
    elif has_crisis_words(answers.words):
        yield Concern("crisis_words", "alert", "The free words may speak of suicide or self-harm: read them now.")


def _serious(answers: Answers) -> Iterable[Concern]:
    named = [SERIOUS_EFFECTS[code] for code in answers.side_effects if code in SERIOUS_EFFECTS]
    if named:
        yield Concern("serious_effect", "alert", f"Reports {', '.join(named)}.")


def _pain(answers: Answers, baseline: Decimal | None) -> Iterable[Concern]:
    if answers.pain is not None and baseline is not None and answers.pain >= baseline + FAR_WORSE:
        yield Concern("far_worse", "alert", f"Pain {answers.pain}, baseline {baseline}: at least 3 points worse.")


def _mood(answers: Answers, baseline: Decimal | None) -> Iterable[Concern]:
    """Mood is reported from 0 worst to 10 best; its baseline is a burden, so it is turned round for the words."""
    if answers.mood is not None and baseline is not None and 10 - answers.mood >= baseline + FAR_WORSE:
        before = Decimal(10) - baseline
        text = f"Mood {answers.mood} (10 is best), baseline {before}: at least 3 points worse."
        yield Concern("mood_far_worse", "alert", text)
