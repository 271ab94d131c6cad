"""One infusion from check-in to signature, played by the actions of the chairside at past times."""

import uuid
from datetime import timedelta
from decimal import Decimal

from clinic.words import today_in
from sessions import actions
from sessions.queries.equipment import check_of
from sessions.queries.ledger import left_of
from sessions.rules.equipment import ITEMS

NAUSEA_EVERY = 4  # one infusion in four, treated under the standing order
ALDRETE = dict.fromkeys(("activity", "respiration", "circulation", "consciousness", "oxygen"), 2)


class Play:
    """Plays one visit. `until` (minutes after the start of the infusion) leaves it running there: today's board."""

    def __init__(self, appointment, body, crew, *, arrives_at, number):
        self.appointment, self.body, self.crew, self.number = appointment, body, crew, number
        self.at, self.nurse, self.doctor = arrives_at, crew["nurse"], crew["prescriber"]
        self.session = self.order = self.preparation = self.given_mg = self.upset = None
        self.ids = iter(lambda: uuid.UUID(int=body.dice.getrandbits(128), version=4), None)

    def _do(self, action, /, **inputs):
        return action(session=self.session, by=inputs.pop("by", self.nurse), at=self.at, **inputs)

    def enter(self, action, /, **inputs):
        """Record one entry with the next id of the device; returns what the action returns."""
        return self._do(action, entry_id=next(self.ids), **inputs)

    def later(self, minutes):
        """Let time pass."""
        self.at += timedelta(minutes=minutes)
        return self

    def arrive(self):
        """Check-in by the nurse; the first of the day looks through the emergency equipment before."""
        site = self.appointment.site
        if check_of(site, today_in(site.zone, self.at)) is None:
            answers = dict.fromkeys(ITEMS, (True, ""))
            actions.check_equipment(site=site, answers=answers, by=self.nurse, at=self.at)
        self.session = actions.check_in(appointment=self.appointment, by=self.nurse, at=self.at)
        return self

    def check(self, *, without=()):
        """The checklist, all but `without`."""
        answers = {
            "identity": "yes", "consent": "yes", "fasting": "yes", "allergies": "yes", "medicines": "no",
            "sedatives": "no", "stimulants": "no",
            "ketamine_elsewhere": "no", "antihypertensive": "not_applicable", "pregnancy": "not_applicable",
            "last_time": "first" if self.number == 1 else "well", "comfort": "yes", "monitoring": "yes",
            "emergency_equipment": "yes", "prescriber": "yes", "escort": "reached",
        }  # fmt: skip
        details = {"fasting": "Toast at six", "comfort": "Blanket, own music", "escort": "Robin, 617 555 2001"}
        said = {code: (answer, details.get(code, "")) for code, answer in answers.items() if code not in without}
        self._do(actions.answer_checks, answers=said)
        return self

    def weigh(self):
        """Today's weight, a little off last time's."""
        kg = Decimal(str(round(self.body.weight + self.body.dice.uniform(-0.8, 0.8), 1)))
        self.enter(actions.record_weight, value=kg)
        return self

    def baseline(self, sets=1):
        """The named baseline sets."""
        for _ in range(sets):
            self.vitals(-10, 40, baseline=True)
            self.later(5)
        self.enter(actions.record_line, action="placed", site="left forearm", gauge="22 G", attempts=1)
        return self

    def vitals(self, minute, length, *, baseline=False, lift=1.0, **forced):
        """One set; `forced` measures replace the invented ones and are confirmed."""
        values = self.body.vitals(minute, length, lift=lift) | {"oxygen": "room_air"}
        infusions = self.number - (1 if minute <= 0 else 0)
        values["pain"] = self.body.pain_after(0, infusions)
        if minute > 0:
            values["dissociation"] = max(0, round(6 * self.body.vitals_share(minute, length)))
        values |= forced
        sure = {"systolic", "diastolic", "spo2", "heart_rate", "resp_rate", *forced}
        return self.enter(actions.record_vitals, values=values, baseline=baseline, confirmed=frozenset(sure))

    def prepare(self):
        """Dose from plan and weight, syringe from a vial in stock, blind read-off by the colleague."""
        self.order = self._do(actions.order_dose, pump="Pump 1")
        vial, drug_ml = self.crew["stock"].draw(self.session.site, self.order.planned_mg, self.at)
        self.preparation = self._do(
            actions.prepare,
            dose_order=self.order,
            sources=[(vial, drug_ml)],
            diluent_ml=drug_ml * vial.strength_mg_ml / self.order.strength_mg_ml - drug_ml,
            diluent="sodium chloride 0.9 %",
        )
        actions.second_check(
            preparation=self.preparation,
            patient_read=self.session.patient.record_number,
            strength_read=self.preparation.strength_mg_ml,
            rate_read=self.order.rate_ml_h,
            volume_read=self.preparation.volume_ml,
            by=self.crew["second"],
            at=self.at,
        )
        return self

    def start(self):
        """The pump runs."""
        self.enter(actions.start, dose_order=self.order, preparation=self.preparation, pump="Pump 1")
        return self

    def run(self, length, *, until=None, every=10, lift=1.0):
        """Vitals every `every` minutes and the rate steps in their time, nausea now and then; to `until` if given."""
        steps = [(int(minute), rate) for minute, rate in self.order.rate_steps[1:]]
        upset = length // 2 if self.body.dice.randrange(NAUSEA_EVERY) == 0 else None
        begun, last = self.at, length if until is None else until
        for minute in range(5, last + 1, 5):
            self.at = begun + timedelta(minutes=minute)
            while steps and steps[0][0] <= minute and minute < length:
                self.enter(actions.set_rate, dose_order=self.order, rate_ml_h=Decimal(str(steps.pop(0)[1])))
            if minute % every == 0:
                self.vitals(minute, length, lift=lift)
            if minute - 5 < (upset or -1) <= minute:
                self.nausea()
        self.at = begun + timedelta(minutes=last)
        return self

    def nausea(self):
        """Nausea, treated with ondansetron under the standing order."""
        self.upset = self.enter(actions.record_side_effect, term="nausea", severity="moderate").entry
        standing = self.session.protocol_version.standingorders.filter(drug__icontains="ondansetron").first()
        if standing is None:
            return
        order = self._do(actions.order_from_standing, standing_order=standing)
        self.enter(actions.give_drug, order=order, dose_mg=standing.dose)

    def given_by(self, minutes):
        """mL the pump has given after `minutes` of this order's steps, at its step of 0.1."""
        steps = [(0, self.order.rate_ml_h), *((int(m), Decimal(str(rate))) for m, rate in self.order.rate_steps[1:])]
        total = Decimal(0)
        for n, (begins, rate) in enumerate(steps):
            ends = steps[n + 1][0] if n + 1 < len(steps) else minutes
            total += rate * max(0, min(ends, minutes) - begins) / 60
        return min(total, self.order.volume_ml).quantize(Decimal("0.1"))

    def waste_rest(self):
        """What is left in the syringe is wasted before the colleague."""
        left = left_of(self.preparation)
        if left > 0:
            actions.waste(
                preparation=self.preparation, mg=left, witness=self.crew["second"], reason="Left in the syringe",
                by=self.nurse, at=self.at,
            )  # fmt: skip
        return self

    def stop(self, cause="ordered_end", volume_ml=None):
        """The pump is stopped and its volume read off."""
        volume = self.order.volume_ml if volume_ml is None else volume_ml
        self.enter(actions.stop, volume_ml=volume, cause=cause)
        self.given_mg = volume * self.preparation.strength_mg_ml
        return self

    def observe(self, minutes, length, *, every=15):
        """Vitals in observation."""
        passed = 0
        while passed + every <= minutes:
            self.later(every)
            passed += every
            self.vitals(length + passed, length)
        return self

    def ready_to_go(self):
        """Nausea over, line out, score, oriented."""
        if self.upset:
            said = {"status": "resolved", "words": "Gone, has had water and toast"}
            actions.follow_up_event(entry=self.upset, by=self.nurse, at=self.at, **said)
        self.enter(actions.record_line, action="removed")
        self.enter(actions.record_score, scale="aldrete", items=ALDRETE, oriented=True)
        return self

    def go_home(self):
        """Discharge on the criteria; what is left in the syringe is wasted first."""
        self.waste_rest()
        self._do(actions.discharge, escort_arrived=True, instructions_given=True)
        return self

    def sign(self):
        """The prescriber reviews and signs in the evening."""
        self._do(actions.sign_chart, by=self.doctor)
        return self
