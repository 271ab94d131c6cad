"""Reading consents: what is published, what a patient signed, how each kind stands, whom a new version concerns."""

from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from clinic import language
from clinic.models import ConsentSignature, ConsentText, Course, Patient
from clinic.prepared import Prepared
from intake.models import Approval, ConsentRequest, EducationText
from intake.rules import consents as rules

REQUIRED_CONSENTS = rules.REQUIRED
OCCASION = "packet"
KINDS = tuple(kind for kind, _ in ConsentText.KINDS)
# A course that is planned, running or paused: its patient still has visits ahead.
OPEN_COURSES = ("planned", "active", "paused")


def published():
    """All published texts, of every kind, language and version, as a list."""
    return list(ConsentText.objects.filter(published_at__isnull=False))


def current_consent_texts(code="en"):
    """The newest published text of each kind in a language, in the order of the kinds; nothing in place of a gap."""
    texts = [text for text in published() if text.language == code]
    newest = (rules.text_for([text for text in texts if text.kind == kind], code)[0] for kind in KINDS)
    return [text for text in newest if text is not None]


def unpublished_kinds():
    """[(kind, its name)] of the kinds that have no published English text: what no patient can be asked to sign."""
    there = {text.kind for text in published() if text.language == rules.ENGLISH}
    return [(kind, name) for kind, name in ConsentText.KINDS if kind not in there]


def missing_texts():
    """What is missing of the texts that patients sign and read, in sentences for whoever sets up the clinic."""
    unpublished = dict(unpublished_kinds())
    said = [f"No consent text “{name}” is published: nobody can be asked to sign it." for name in unpublished.values()]
    there = {(text.kind, text.language) for text in published()}
    for code in language.codes():
        lacking = [name for kind, name in ConsentText.KINDS if kind not in unpublished and (kind, code) not in there]
        if lacking:
            named = language.english_name(code)
            said.append(f"Consents not published in {named}, so that they are read in English: {', '.join(lacking)}.")
    if not EducationText.objects.filter(published_at__isnull=False).exists():
        said.append("No text to read before the first infusion is published: nobody is asked to read one.")
    return said


def language_of(patient):
    """The language a patient signs in: the one on record, else the one this page is shown in."""
    return patient.language or language.current()


def signatures_by(patient):
    """Every signature of a patient, oldest first, with its text and what took it back; ``is_taken_back`` on each."""
    return [_marked(row) for row in _signed.rows(person=patient.person_id)]


_signed = Prepared(
    lambda of: (
        ConsentSignature.objects.filter(patient__person=of("person"))
        .select_related("text", "revocation__taken_by", "representative", "taken_by")
        .order_by("signed_at")
    )
)


def _marked(signature):
    signature.is_taken_back = hasattr(signature, "revocation")
    return signature


def signature_by_id(pk):
    """The signature of an id as a queryset, for the access door."""
    return ConsentSignature.objects.filter(pk=pk).select_related("text", "patient", "site", "taken_by")


def standings(patient, code=None):
    """How each kind of consent stands for a patient, in order. Three queries."""
    texts, signatures = published(), signatures_by(patient)
    requests = _requested.rows(person=patient.person_id)
    return [
        rules.standing(
            kind,
            signatures=[row for row in signatures if row.text.kind == kind],
            texts=[text for text in texts if text.kind == kind],
            requests=[row for row in requests if row.text.kind == kind],
            language=code or language_of(patient),
        )
        for kind in KINDS
    ]


_requested = Prepared(lambda of: ConsentRequest.objects.filter(patient__person=of("person")).select_related("text"))


def standing_of(patient, kind, code=None):
    """How one kind stands; None for a kind that there isn't."""
    return next((one for one in standings(patient, code) if one.kind == kind), None)


def signatures_of(packet):
    """Signatures given with this packet and not taken back, oldest first, as a list."""
    given = packet.patient.consents.filter(occasion_kind=OCCASION, occasion_id=packet.pk, revocation__isnull=True)
    return list(given.select_related("text").order_by("signed_at"))


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent of the packet: its words, whether it must be signed, its signature or None, is it English instead?"""

    text: ConsentText
    is_required: bool
    signature: ConsentSignature | None
    is_fallback: bool = False


def consents_of(packet):
    """The consents asked with this packet, in order: in the patient's language, in English where there is no other.

    One that was signed is shown as it was signed, unless a newer version must be signed again.
    """
    texts, signed = published(), {row.text.kind: row for row in signatures_of(packet)}
    found = (_asked(kind, texts, signed.get(kind), language_of(packet.patient)) for kind in KINDS)
    return [consent for consent in found if consent is not None]


def _asked(kind, texts, signature, code):
    texts = [text for text in texts if text.kind == kind]
    text, is_fallback = rules.text_for(texts, code)
    if signature is not None:
        signature.is_taken_back = False
        stands = rules.standing(kind, signatures=[signature], texts=texts, requests=[], language=code)
        if stands.state == rules.IN_FORCE:
            return Consent(signature.text, kind in REQUIRED_CONSENTS, signature, False)
    return Consent(text, kind in REQUIRED_CONSENTS, None, is_fallback) if text is not None else None


def lacking(person):
    """Kind -> expression that is True where a patient lacks a consent that treatment rests on, for annotate().

    ``person``: an OuterRef to the person of the patient. Treatment is lacking without a signature; the others only
    where a text is published that could be signed.
    """
    return {kind: _lacks(kind, person) for kind in rules.NEEDED_TO_TREAT}


def _lacks(kind, person):
    newer = ConsentText.objects.filter(
        kind=kind,
        language=OuterRef("text__language"),
        number__gt=OuterRef("text__number"),
        published_at__isnull=False,
        renewal=rules.SIGN_AGAIN,
    )
    given = ConsentSignature.objects.filter(patient__person=person, text__kind=kind)
    lacks = ~Exists(given.filter(~Exists(newer), revocation__isnull=True))
    if kind != "treatment":
        text = ConsentText.objects.filter(kind=kind, published_at__isnull=False)
        lacks = lacks & (Exists(text) | Exists(given))
    return ExpressionWrapper(Q(lacks), output_field=BooleanField())


def told_or_asked(text):
    """Ids of patients who have been asked or told about this version, as a queryset of values."""
    return ConsentRequest.objects.filter(text=text).exclude(why=ConsentRequest.AGAIN).values("patient")


def concerned_by(text, *, day):
    """Patients in care on ``day`` whom a new version of this text concerns, as a queryset.

    They have an open course or an approval in force, signed an earlier version in its language, neither this one nor a
    later one, and have not been asked yet.
    """
    same = Q(text__kind=text.kind, text__language=text.language, revocation__isnull=True)
    mine = ConsentSignature.objects.filter(same, patient__person=OuterRef("person"))
    in_care = Q(pk__in=Course.objects.filter(state__in=OPEN_COURSES).values("patient")) | Q(
        pk__in=Approval.objects.filter(revoked_at__isnull=True, valid_until__gte=day).values("patient")
    )
    return (
        Patient.objects.filter(in_care, Exists(mine.filter(text__number__lt=text.number)))
        .exclude(Exists(mine.filter(text__number__gte=text.number)))
        .exclude(pk__in=told_or_asked(text))
    )


def newest_texts():
    """The newest published text of each kind and language that replaced an earlier one."""
    newest = {}
    for text in published():
        other = newest.get((text.kind, text.language))
        if other is None or other.number < text.number:
            newest[text.kind, text.language] = text
    return [text for text in newest.values() if text.number > 1]
