"""A filled packet for tests: what a patient types on each page, and short ways to a packet in each state."""

from intake import questions
from intake.actions import assessments, packets
from intake.actions.consents import sign_consent
from intake.forms.health import GeneralHealthForm, HeartForm
from intake.models import Packet
from intake.queries import consents_of
from tests import factories

TYPED = {
    "about-you": {"preferred_name": "Ngo", "phone": "555 0111", "best_time": "any", "interpreter": "no"},
    "emergency-contact": {
        "emergency_name": "Ada Sample",
        "emergency_relation": "sister",
        "emergency_phone": "555 0112",
        "escort": "yes",
    },
    "body": {"weight": "180", "weight_unit": "lb", "height_unit": "ft", "height_ft": "5", "height_in": "7"},
    "conditions": {"conditions": ["crps", "depression"], "pain_most_days": "yes"},
    "pain": {"pain_worst": "8", "pain_average": "6", "pain_least": "3", "pain_now": "0"},
    "pain-story": {"regions": ["arm_left"], "pain_since": "under_5_years", "pain_kind": ["burning"]},
    "peg": {"peg_1": "6", "peg_2": "7", "peg_3": "8"},
    "treatments": {"tried_physio": "helped_little", "antidepressant_count": "2", "ketamine_before": "no"},
    "medicines": {
        "rows": "2",
        "medicines_0_name": "Oxycodone",
        "medicines_0_amount": "10",
        "medicines_0_unit": "mg",
        "medicines_0_times_a_day": "2",
        "medicines_0_last_taken": "today",
        "medicines_1_name": "Sertraline 50 mg",
    },
    "allergies": {
        "rows": "2",
        "allergies_0_name": "Penicillin",
        "allergies_0_reaction": "rash",
        "ketamine_reaction": "na",
    },
    "heart": dict.fromkeys(HeartForm.base_fields, "no"),
    "health": dict.fromkeys(GeneralHealthForm.base_fields, "no"),
    "pregnancy": {"pregnant": "no", "breastfeeding": "no"},
    "mind": {"psychosis": "no", "mania_now": "no"},
    "substances": {
        "alcohol": "never",
        "cannabis": "never",
        "substance_problem": "no",
        "ketamine_misuse": "no",
        "ketamine_elsewhere": "no",
    },
    "mood": {f"phq9_{n}": "1" for n in range(1, 9)} | {"phq9_9": "0", "phq9_difficulty": "1"},
    "worry": {f"gad7_{n}": "1" for n in range(1, 8)},
    "daily-life": {
        "sleep_hours": "6_8",
        "sleep_quality": "so_so",
        "work": "part",
        "falls": "no",
        "lives_with": "others",
    },
    "goals": {"goal_first": "Walk to the park"},
    "questions": {"clinic_questions": "Will I be asleep?"},
}


def answers(slug, **changes):
    """The answers a form makes of what is typed on one page."""
    form = questions.BY_SLUG[slug].form(TYPED[slug] | changes)
    assert form.is_valid(), form.errors
    return form.to_answers()


# The confirmation is a box that nobody has ticked.
for said in ("heart", "health"):
    TYPED[said].pop("sure")


def consent_texts(people):
    """The consents a clinic has published."""
    return [
        factories.consent_text(kind=kind, published_by=people.prescriber)
        for kind in ("treatment", "off_label", "messages", "privacy", "escort")
    ]


def invited(people, **fields):
    """A packet that waits for its first page."""
    return packets.invite(patient=people.patient, site=people.site, by=people.front_desk, **fields)


def filled(people, **changes):
    """A packet with every page done and every required consent signed, not sent. ``changes``: slug -> typed changes."""
    consent_texts(people)
    packet = invited(people)
    for slug in TYPED:
        said = answers(slug, **changes.get(slug.replace("-", "_"), {}))
        packets.save_page(packet=packet, slug=slug, answers=said, version=0, by=people.patient)
    for consent in consents_of(packet):
        if consent.is_required:
            name = {"printed_name": "Ngozi Okafor-Test", "agreed": True}
            sign_consent(packet=packet, text=consent.text, by=people.patient, **name)
    return Packet.objects.get(pk=packet.pk)


def submitted(people, **changes):
    """A packet that was sent."""
    return packets.submit(packet=filled(people, **changes), by=people.patient)


def assessed(people, **changes):
    """An opened assessment of a sent packet."""
    return assessments.start_assessment(packet=submitted(people, **changes), by=people.prescriber)
