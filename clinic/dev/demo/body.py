"""Invented physiology: plausible vitals and pain for the demo, from a seeded generator.

The shape follows what was published for 0.5 mg/kg over 40 minutes: a small mean rise of blood pressure that peaks at
30 to 40 minutes (Riva-Posse 2018: +3/+3 mmHg; a cohort of 741 infusions: +7/+6 mmHg, heart rate +2), more with age and
hypertension. Relief after a series in depression ends at a median of about 18 days (Murrough 2013); after an outpatient
pain infusion after days to weeks, a third without response (Patil 2012).
"""

import random
from dataclasses import dataclass


@dataclass
class Body:
    """One patient's invented resting values and how they answer to an infusion."""

    systolic: int
    diastolic: int
    heart_rate: int
    spo2: int
    weight: float
    pain: float
    mood: float
    reactive: float
    responds: bool
    relief_days: float
    dice: random.Random

    def vitals(self, minute, length, *, lift=1.0):
        """A set of vitals `minute` minutes after the start of an infusion of `length` minutes (negative: before)."""
        bump = self._bump(minute, length) * self.reactive * lift
        jitter = self.dice.randint
        return {
            "systolic": round(self.systolic + 14 * bump) + jitter(-4, 4),
            "diastolic": round(self.diastolic + 8 * bump) + jitter(-3, 3),
            "heart_rate": round(self.heart_rate + 5 * bump) + jitter(-3, 3),
            "spo2": min(100, self.spo2 - round(1.5 * bump) + jitter(-1, 1)),
            "resp_rate": 14 + jitter(-2, 2),
            "sedation": 0 if bump < 0.35 else -1,
        }

    def _bump(self, minute, length):
        """0 before, rising to 1 at the last quarter of the infusion, gone an hour after it."""
        if minute <= 0:
            return 0.0
        peak = length * 0.8
        return minute / peak if minute < peak else max(0.0, 1 - (minute - peak) / 60)

    def vitals_share(self, minute, length):
        """How strongly the drug is felt, 0 to 1, at this minute."""
        return self._bump(minute, length)

    def pain_after(self, days, infusions):
        """Average pain 0-10 reported `days` after infusion number `infusions` (0: none yet)."""
        return self._score(self.pain, days, infusions)

    def mood_after(self, days, infusions):
        """Mood 0-10, ten is best, in the same manner."""
        return 10 - self._score(10 - self.mood, days, infusions)

    def _score(self, baseline, days, infusions):
        depth = 0.0
        if infusions and self.responds:
            lasts = self.relief_days * min(1.0, 0.25 + 0.2 * infusions)
            held = 1.0 if days <= lasts else max(0.0, 1 - (days - lasts) / (lasts * 0.6 + 3))
            depth = min(0.7, 0.25 + 0.12 * infusions) * held
        elif infusions:
            depth = 0.08
        return min(10, max(0, round(baseline * (1 - depth) + self.dice.uniform(-0.8, 0.8))))


def body_of(person, seed):
    """The invented body of a demo person: the same for the same seed."""
    dice = random.Random(f"{seed}:{person.number}")
    older = 2026 - person.born.year > 55
    mood = person.condition in ("depression", "ptsd")
    return Body(
        systolic=dice.randint(112, 126) + 8 * older,
        diastolic=dice.randint(70, 80) + 3 * older,
        heart_rate=dice.randint(60, 76),
        spo2=dice.randint(97, 99),
        weight=round(dice.uniform(54, 96), 1),
        pain=dice.uniform(3, 5) if mood else dice.uniform(6.2, 8.2),
        mood=dice.uniform(2, 4) if mood else dice.uniform(4.5, 6.5),
        reactive=dice.uniform(0.6, 1.3) + 0.3 * older,
        responds=dice.random() < 0.68,
        relief_days=max(4.0, dice.gauss(19, 6)),
        dice=dice,
    )
