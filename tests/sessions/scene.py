"""One infusion as the tests walk it: a patient of 70 kg on 0.5 mg/kg over 40 minutes, step by step, minute by minute.

`Scene(people)` builds what lies before (approval, consent, course, booking); its steps call the actions only.
"""

import datetime as dt
import uuid
from decimal import Decimal as D

from clinic.models import AllergyStatement, Chair, ConsentSignature, ConsentText
from intake.actions.consents import text_hash
from intake.models import Approval, Assessment, EducationReading, EducationText, Packet
from sessions import actions
from sessions.actions import When
from tests import factories
from tests.intake.settled import settle_all

NINE = dt.datetime(2026, 3, 3, 14, 0, tzinfo=dt.UTC)  # 09:00 in New York
CALM = {"systolic": 122, "diastolic": 78, "heart_rate": 72, "spo2": 98}
CHECKS = {
    "identity": "yes",
    "consent": "yes",
    "fasting": "yes",
    "medicines": "no",
    "pregnancy": "not_applicable",
    "monitoring": "yes",
    "emergency_equipment": "yes",
    "prescriber": "yes",
}


class Scene:
    """`at(n)` is n minutes after nine; every step takes the minute it happens at."""

    def __init__(self, people, *, patient=None, chair=0, version=None, approved=True):
        self.people, self.site, self.patient = people, people.harbor, patient or people.patient
        self.nurse, self.other, self.doctor = people.nurse, people.colleague, people.prescriber
        self.version = version or factories.protocol_version(approved_by=self.doctor)
        self.course = factories.course(of=self.patient, at_site=self.site, prescriber=self.doctor, version=self.version)
        self.appointment = factories.appointment(
            of=self.patient,
            at_site=self.site,
            course=self.course,
            chair=Chair.objects.filter(site=self.site)[chair],
            starts_at=NINE,
            nurse=None,
        )
        AllergyStatement.objects.create(patient=self.patient, none_known=True, source="patient", said_at=NINE)
        if approved:
            self.approve()
            self.sign()
        self.session = None

    def approve(self):
        """What intake leaves behind: a signed assessment with its approval."""
        packet = Packet.objects.create(
            patient=self.patient, site=self.site, reason="mood", made_at=NINE, touched_at=NINE, submitted_at=NINE
        )
        assessment = Assessment.objects.create(
            packet=packet, patient=self.patient, site=self.site, started_at=NINE, started_by=self.doctor
        )
        settle_all(assessment, by=self.doctor, at=NINE)
        AllergyStatement.objects.create(patient=self.patient, none_known=True, source="patient", said_at=NINE)
        Approval.objects.create(
            patient=self.patient,
            assessment=assessment,
            approved_at=NINE,
            approved_by=self.doctor,
            valid_until=NINE.date() + dt.timedelta(days=365),
        )

    def sign(self):
        """The consent to treatment, signed."""
        there = ConsentText.objects.filter(kind="treatment", published_at__isnull=False).first()
        text = there or factories.consent_text(published_by=self.doctor)
        ConsentSignature.objects.create(
            patient=self.patient, text=text, printed_name=str(self.patient), text_hash=text_hash(text), signed_at=NINE
        )
        for sheet in EducationText.objects.filter(published_at__isnull=False)[:1]:
            EducationReading.objects.create(patient=self.patient, site=self.site, text=sheet, confirmed_at=NINE)

    @staticmethod
    def at(minutes):
        return NINE + dt.timedelta(minutes=minutes)

    def do(self, action, minutes, /, *, by=None, **inputs):
        """One recorded step: a fresh id unless given, at this minute."""
        inputs.setdefault("entry_id", uuid.uuid4())
        return action(session=self.session, by=by or self.nurse, at=self.at(minutes), **inputs)

    def check_in(self, minutes=0):
        self.session = actions.check_in(appointment=self.appointment, by=self.nurse, at=self.at(minutes))
        return self.session

    def answer(self, minutes=2, **changed):
        said = {code: (answer, "") for code, answer in (CHECKS | changed).items()} | {
            "escort": ("reached", "Sister, 555 0123")
        }
        actions.answer_checks(session=self.session, answers=said, by=self.nurse, at=self.at(minutes))

    def weigh(self, minutes=3, kg="70"):
        return self.do(actions.record_weight, minutes, value=D(kg))

    def vitals(
        self,
        minutes,
        *,
        by=None,
        baseline=False,
        missing=None,
        confirmed=frozenset(),
        when=None,
        entry_id=None,
        **values,
    ):
        return self.do(
            actions.record_vitals,
            minutes,
            by=by,
            values=CALM | values,
            baseline=baseline,
            missing=missing,
            confirmed=confirmed,
            when=when,
            entry_id=entry_id or uuid.uuid4(),
        )

    def baseline(self, minutes=5, **values):
        return self.vitals(minutes, baseline=True, pain=6, **values)

    def line(self, minutes=6, action="placed"):
        return self.do(actions.record_line, minutes, action=action, site="left forearm", gauge="22G")

    def order(self, minutes=7, *, by=None, **figures):
        self.dose_order = actions.order_dose(session=self.session, by=by or self.nurse, at=self.at(minutes), **figures)
        return self.dose_order

    def stock(self, minutes=-60, *, code="KET-1", use="single", ml="10", mg_ml="50", lot="LOT-A"):
        return actions.receive_container(
            site=self.site,
            code=code,
            drug="ketamine",
            strength_mg_ml=D(mg_ml),
            volume_ml=D(ml),
            lot=lot,
            expires_on=dt.date(2027, 1, 31),
            use=use,
            by=self.other,
            at=self.at(minutes),
        )

    def draw(self, minutes=8, *, by=None, container=None, ml="1", diluent_ml="49"):
        self.container = container or self.stock()
        self.preparation = actions.prepare(
            session=self.session,
            dose_order=self.dose_order,
            sources=[(self.container, D(ml))],
            diluent_ml=D(diluent_ml),
            diluent="sodium chloride 0.9 %",
            by=by or self.nurse,
            at=self.at(minutes),
        )
        return self.preparation

    def second_check(self, minutes=9, *, by=None, **read):
        said = {
            "patient_read": self.patient.record_number,
            "strength_read": D("1"),
            "rate_read": D("52.5"),
            "volume_read": D("50"),
        } | read
        return actions.second_check(preparation=self.preparation, by=by or self.other, at=self.at(minutes), **said)

    def ready(self):
        """All but the start."""
        self.check_in()
        self.answer()
        self.weigh()
        self.baseline()
        self.line()
        self.order()
        self.draw()
        self.second_check()
        return self

    def start(self, minutes=10, **inputs):
        return self.do(actions.start, minutes, dose_order=self.dose_order, preparation=self.preparation, **inputs)

    def running(self):
        self.ready()
        self.start()
        return self

    def stop(self, minutes=50, volume_ml="35", **inputs):
        volume = None if volume_ml is None else D(volume_ml)
        return self.do(actions.stop, minutes, dose_order=self.dose_order, volume_ml=volume, **inputs)

    def observed(self, minutes=112):
        """Sixty minutes after the stop: a calm set on room air, a full score, the line out."""
        self.vitals(minutes, oxygen="room_air", sedation=0, dissociation=0)
        items = dict.fromkeys(("activity", "respiration", "circulation", "consciousness", "oxygen"), 2)
        self.do(actions.record_score, minutes, scale="aldrete", items=items, oriented=True)
        self.line(minutes, action="removed")

    def discharge(self, minutes=113, **inputs):
        said = {"instructions_given": True, "escort_arrived": True} | inputs
        by = said.pop("by", self.nurse)
        return actions.discharge(session=self.session, by=by, at=self.at(minutes), **said)

    def waste(self, minutes=114, mg="15", **inputs):
        return actions.waste(
            preparation=self.preparation,
            mg=D(mg),
            witness=inputs.pop("witness", self.other),
            reason="Left in the syringe",
            by=self.nurse,
            at=self.at(minutes),
            **inputs,
        )

    def fresh(self):
        self.session.refresh_from_db()
        return self.session


def back_entered(minutes):
    """Entered afterwards from paper."""
    return When(Scene.at(minutes), source="paper")
