"""One infusion from check-in to signature, played by the actions of the chairside at past times."""

import uuid
from datetime import timedelta
from decimal import Decimal

from sessions import actions
from sessions.models import Container

NAUSEA_EVERY = 4  # one infusion in four, treated under the standing order
ALDRETE = {"activity": 2, "respiration": 2, "circulation": 2, "consciousness": 2, "spo2": 2}
VITALS_EVERY = {"baseline": 10, "infusing": 10, "observation": 15}


class Play:
    """Plays one visit. `until` (minutes after the start of the infusion) leaves it running there: today's board."""

    def __init__(self, appointment, body, crew, *, arrives_at, number):
        self.appointment, self.body, self.crew, self.number = appointment, body, crew, number
        self.at, self.nurse, self.doctor = arrives_at, crew["nurse"], crew["prescriber"]
        self.session = self.order = self.preparation = None
        self.ids = iter(lambda: uuid.UUID(int=body.dice.getrandbits(128), version=4), None)

    def _do(self, action, **inputs):
        return action(session=self.session, by=inputs.pop("by", self.nurse), at=self.at, **inputs)

    def _enter(self, action, **inputs):
        return self._do(action, entry_id=next(self.ids), **inputs)

    def later(self, minutes):
        """Let time pass."""
        self.at += timedelta(minutes=minutes)
        return self

    def arrive(self):
        """Check-in by the nurse."""
        self.session = actions.check_in(appointment=self.appointment, by=self.nurse, at=self.at)
        return self

    def check(self, *, without=()):
        """The checklist, all but `without`."""
        answers = {
            "identity": "yes", "consent": "yes", "fasting": "yes", "allergies": "yes", "medicines": "no",
            "sedatives": "no",
            "ketamine_elsewhere": "no", "antihypertensive": "not_applicable", "pregnancy": "not_applicable",
            "last_time": "first" if self.number == 1 else "well", "comfort": "yes", "monitoring": "yes",
            "emergency_equipment": "yes", "prescriber": "yes", "escort": "reached",
        }  # fmt: skip
        details = {"fasting": "Toast at six", "comfort": "Blanket, own music", "escort": "Robin, 617 555 2001"}
        for code, answer in answers.items():
            if code not in without:
                self._do(actions.answer_check, code=code, answer=answer, detail=details.get(code, ""))
        return self

    def weigh(self):
        """Today's weight, a little off last time's."""
        kg = Decimal(str(round(self.body.weight + self.body.dice.uniform(-0.8, 0.8), 1)))
        self._enter(actions.record_weight, value=kg)
        return self

    def baseline(self, sets=2):
        """The named baseline sets."""
        for _ in range(sets):
            self.vitals(-10, 40, baseline=True)
            self.later(5)
        self._enter(actions.record_line, action="placed", site="left forearm", gauge="22 G", attempts=1)
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
        return self._enter(actions.record_vitals, values=values, baseline=baseline, confirmed=frozenset(sure))

    def prepare(self):
        """Dose from plan and weight, syringe from a vial in stock, blind read-off by the colleague."""
        self.order = self._do(actions.order_dose, pump="Pump 1")
        vial = self._vial()
        drug_ml = (self.order.planned_mg / vial.strength_mg_ml).quantize(Decimal("0.01"))
        total_ml = self.order.volume_ml
        self.preparation = self._do(
            actions.prepare, dose_order=self.order, sources=[(vial, drug_ml)], diluent_ml=total_ml - drug_ml,
            diluent="sodium chloride 0.9 %",
        )  # fmt: skip
        actions.second_check(
            preparation=self.preparation,
            patient_read=f"{self.session.patient.family_name} {self.session.patient.born_on:%d-%b-%Y}",
            strength_read=self.preparation.strength_mg_ml,
            rate_read=self.order.rate_ml_h,
            volume_read=self.preparation.volume_ml,
            by=self.crew["second"],
            at=self.at,
        )
        return self

    def _vial(self):
        """A sealed single-dose vial in stock; a new box is received when there is none."""
        site, today = self.session.site, self.at.date()
        vial = Container.objects.filter(site=site, state="sealed", expires_on__gt=today).order_by("received_at").first()
        return vial or receive_box(site, self.crew, self.at)[0]

    def start(self):
        """The pump runs."""
        self._enter(actions.start, dose_order=self.order, preparation=self.preparation, pump="Pump 1")
        return self

    def run(self, length, *, until=None, every=10, lift=1.0):
        """Vitals at the phase's interval, nausea now and then; stops at `until` minutes if given."""
        minute, upset = 0, self.body.dice.randrange(NAUSEA_EVERY) == 0
        while minute + every <= (length if until is None else until):
            self.later(every)
            minute += every
            self.vitals(minute, length, lift=lift)
            if upset and minute >= length // 2:
                self.nausea()
                upset = False
        self.later((length if until is None else until) - minute)
        return self

    def nausea(self):
        """Nausea, treated with ondansetron under the standing order."""
        self._enter(actions.record_side_effect, term="nausea", severity="moderate")
        standing = self.session.protocol_version.standingorders.filter(drug__icontains="ondansetron").first()
        if standing is None:
            return
        order = self._do(actions.order_from_standing, standing_order=standing)
        self._enter(actions.give_drug, order=order, dose_mg=standing.dose)

    def stop(self, cause="ordered_end", volume_ml=None):
        """The pump is stopped and its volume read off."""
        volume = self.order.volume_ml if volume_ml is None else volume_ml
        self._enter(actions.stop, volume_ml=volume, cause=cause)
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
        """Line out, score, oriented."""
        self._enter(actions.record_line, action="removed")
        self._enter(actions.record_score, scale="aldrete", items=ALDRETE, oriented=True)
        return self

    def go_home(self):
        """Discharge on the criteria; the rest of the syringe is wasted with a witness."""
        self._do(actions.discharge, escort_arrived="Robin, 617 555 2001", instructions_given=True)
        return self

    def sign(self):
        """The prescriber reviews and signs in the evening."""
        self._do(actions.sign_chart, by=self.doctor)
        return self


def receive_box(site, crew, at, *, count=10, lot=None):
    """A box of single-dose vials, 10 mL of 50 mg/mL each, comes in with a witness; returns the Containers."""
    lot = lot or f"KX{at:%y%m%d}"
    known = Container.objects.filter(site=site).count()
    return [
        actions.receive_container(
            site=site,
            code=f"{site.short_name[:1].upper()}{known + n + 1:04d}",
            drug="ketamine",
            strength_mg_ml=Decimal(50),
            volume_ml=Decimal(10),
            lot=lot,
            expires_on=at.date() + timedelta(days=420),
            use="single",
            by=crew["nurse"],
            at=at,
            witness=crew["second"],
        )  # fmt: skip
        for n in range(count)
    ]
