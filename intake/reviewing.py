"""Everything the review of a packet shows, read in one query. Reads only."""

from dataclasses import dataclass, field

from django.db.models import F, OuterRef, Subquery

from clinic.models import AllergyStatement, InstrumentResponse, MedicationStatement, Message
from clinic.presenters.banner import alerts_in_force, allergies_in_force
from intake import questions
from intake.gather import gather, put
from intake.models import (
    Addendum,
    Approval,
    Finding,
    Letter,
    Packet,
    PacketHelp,
    PageAnswers,
    PageCorrection,
    PageRequest,
    PageSupplement,
)
from intake.queries import pages_and_answers
from intake.rules.overlay import answered_again, said_by_page

RESPONSES = 120  # the newest answers to questionnaires that are read for scores and trends


def with_previous(packets, prefix=""):
    """These rows with ``previous_id``, the packet sent before it; ``prefix`` leads from a row to its packet."""
    earlier = Packet.objects.filter(
        patient__person=OuterRef(f"{prefix}patient__person"), submitted_at__lt=OuterRef(f"{prefix}submitted_at")
    )
    return packets.annotate(previous_id=Subquery(earlier.order_by("-submitted_at").values("pk")[:1]))


@dataclass
class Review:
    """A packet with what stands beside it. ``assessment`` is None before it was started."""

    packet: Packet
    previous: Packet | None
    rows: dict
    assessment: object = None
    pages: list = field(init=False)
    said: dict = field(init=False)
    counts: dict = field(init=False)
    counted_before: dict = field(init=False)

    def __post_init__(self):
        self.pages, self.counts = pages_and_answers(self.packet, verified=True)
        self.said = pages_and_answers(self.packet)[1]
        self.counted_before = pages_and_answers(self.previous, verified=True)[1] if self.previous else {}

    def __getattr__(self, name):
        try:
            return self.__dict__["rows"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def first_said(self):
        """Page slug -> the answers of the packet as it was sent first."""
        return said_by_page(self.packet.pages.all(), ())

    @property
    def answered_again(self):
        """Page slug -> when it was answered again."""
        return answered_again(self.packet.supplements.all())

    @property
    def languages(self):
        """Page slug -> the language it was last answered in."""
        found = {row.slug: row.language for row in self.packet.pages.all()}
        sent = [row for row in self.packet.supplements.all() if row.sent_at]
        return found | {row.slug: row.language for row in sorted(sent, key=lambda row: row.sent_at)}

    @property
    def open_request(self):
        """The questions that wait for the patient, or None."""
        return next((row for row in self.requests if row.is_open), None)


def review_of(packet, *, assessment=None, previous_id=None):
    """The Review of a packet that was fetched with patient and site. One query."""
    ids = [pk for pk in (packet.pk, previous_id) if pk]
    rows = gather(**_of_packet(packet, ids, previous_id), **_of_person(packet), **_of_assessment(assessment))
    previous = next(iter(rows.pop("previous")), None)
    for one in filter(None, (packet, previous)):
        put(one, "pages", [row for row in rows["pages"] if row.packet_id == one.pk])
        put(one, "supplements", [row for row in rows["supplements"] if row.packet_id == one.pk])
        put(one, "corrections", [row for row in rows["corrections"] if row.packet_id == one.pk])
    if previous is not None:
        # The day and the age are asked of the site's clock: the same person's site of now is near enough.
        previous.patient, previous.site = packet.patient, packet.site
    for row in rows["supplements"]:
        row.title = questions.BY_SLUG[row.slug].about_the_patient
    for request in rows["requests"]:
        request.asked = [row for row in rows["supplements"] if row.request_id == request.pk]
    return Review(packet, previous, rows, assessment)


def _of_packet(packet, ids, previous_id):
    return {
        "previous": Packet.objects.filter(pk=previous_id) if previous_id else Packet.objects.none(),
        "pages": PageAnswers.objects.filter(packet__in=ids),
        "supplements": PageSupplement.objects.filter(packet__in=ids),
        "corrections": PageCorrection.objects.filter(packet__in=ids).annotate(by_name=F("corrected_by__name")),
        "requests": PageRequest.objects.filter(packet=packet).annotate(by_name=F("asked_by__name")),
        "help": PacketHelp.objects.filter(packet=packet),
    }


def _of_person(packet):
    patient = packet.patient
    mine = {"patient__person": patient.person_id}
    responses = InstrumentResponse.objects.filter(**mine).order_by("-answered_at")
    in_force = {"patient": packet.patient_id, "occasion_kind": "packet", "occasion_id": packet.pk, "ended_at": None}
    return {
        "responses": responses.annotate(by_name=F("answered_by__name"))[:RESPONSES],
        "medications": MedicationStatement.objects.filter(**in_force).annotate(by_name=F("verified_by__name")),
        "allergies": AllergyStatement.objects.filter(**in_force).annotate(by_name=F("verified_by__name")),
        "banner_allergies": allergies_in_force(patient),
        "banner_alerts": alerts_in_force(patient),
    }


def _of_assessment(assessment):
    if assessment is None:
        models = {"findings": Finding, "addenda": Addendum, "approvals": Approval, "letters": Letter, "told": Message}
        return {name: model.objects.none() for name, model in models.items()}
    findings = Finding.objects.filter(assessment=assessment, ended_at=None).order_by("position")
    return {
        "findings": findings.annotate(by_name=F("resolved_by__name")),
        "addenda": Addendum.objects.filter(assessment=assessment).annotate(by_name=F("added_by__name")),
        "approvals": Approval.objects.filter(assessment=assessment),
        "letters": Letter.objects.filter(assessment=assessment).annotate(by_name=F("sent_by__name")),
        "told": Message.objects.filter(patient=assessment.patient_id, kind="decision", subject_id=assessment.pk),
    }
