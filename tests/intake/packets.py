"""A filled packet for tests: what a patient types on each page, and short ways to a packet in each state."""

from intake import questions
from intake.actions import assessments, packets
from intake.actions.consents import sign_consent
from intake.forms.health import GeneralHealthForm, HeartForm
from intake.models import Packet
from intake.queries import consents_of, facts_of
from tests import factories

TYPED = {
    "about-you": {
        "name_right": "yes",
        "preferred_name": "Ngo",
        "sex_at_birth": "female",
        "address": "1 Sample Street",
        "phone": "555 0111",
        "best_time": "any",
        "language_best": "en",
        "interpreter": "no",
    },
    "emergency-contact": {
        "emergency_name": "Ada Sample",
        "emergency_relation": "sister",
        "emergency_phone": "555 0112",
        "emergency_may_know": "yes",
        "escort": "yes",
    },
    "body": {"weight": "180", "weight_unit": "lb", "height_unit": "ft", "height_ft": "5", "height_in": "7"},
    "conditions": {"conditions": ["crps", "depression"], "pain_most_days": "yes"},
    "pain": {"pain_worst": "8", "pain_average": "6", "pain_least": "3", "pain_now": "0"},
    "pain-story": {"regions": ["front_forearm_left"], "pain_since": "under_5_years", "pain_kind": ["burning"]},
    "peg": {"peg_1": "6", "peg_2": "7", "peg_3": "8"},
    "treatments": {"tried_physio": "helped_little", "antidepressant_count": "2", "ketamine_before": "no"},
    "ketamine": {
        "rows": "1",
        "ketamine_courses_0_route": "nasal",
        "ketamine_courses_0_treatments": "8",
        "ketamine_courses_0_last_month": "09",
        "ketamine_courses_0_last_year": "2025",
        "ketamine_elsewhere": "no",
    },
    "medicines": {
        "rows": "2",
        "medicines_0_name": "Oxycodone",
        "medicines_0_amount": "10",
        "medicines_0_unit": "mg",
        "medicines_0_times_a_day": "2",
        "medicines_0_last_taken": "today",
        "medicines_1_name": "Sertraline 50 mg",
    },
    "opioids": {
        "opioid_usual_day": "2 tablets of 10 mg",
        "opioid_as_prescribed": "yes",
        "opioid_last": "today",
        "naloxone_home": "no",
    },
    "allergies": {
        "rows": "2",
        "allergies_0_name": "Penicillin",
        "allergies_0_reaction": "rash",
        "ketamine_reaction": "na",
    },
    "heart": dict.fromkeys(HeartForm.base_fields, "no"),
    "health": dict.fromkeys(GeneralHealthForm.base_fields, "no"),
    "other-health": {"kidney": "no", "diabetes": "no", "reflux": "no", "faints": "no"},
    "operations": {
        "had_operations": "no",
        "airway_difficult": "no",
        "anesthetic_trouble": "no",
        "anesthetic_sick": "no",
        "veins_difficult": "no",
    },
    "implants": {"implants": ["none"], "limbs_avoid": ["none"]},
    "pregnancy": {"pregnant": "no", "breastfeeding": "no"},
    "mind": {"psychosis": "no", "mania_now": "no", "mind_hospital": "no", "suicide_attempt": "no"},
    "trauma": {"trauma_gate": "rather_not"},
    "trauma-screen": {"pcptsd_event": "1"} | {f"pcptsd_{n}": "1" for n in range(1, 6)},
    "trauma-month": {f"pcl5_{n}": "2" for n in range(1, 21)},
    "substances": {
        "alcohol": "never",
        "cannabis": "never",
        "other_drugs": "never",
        "substance_problem": "no",
        "ketamine_misuse": "no",
    },
    "alcohol": {"auditc_1": "2", "auditc_2": "1", "auditc_3": "0"},
    "mood-first": {"phq2_1": "0", "phq2_2": "1"},
    "mood": {f"phq9_{n}": "1" for n in range(1, 9)} | {"phq9_9": "0", "phq9_difficulty": "1"},
    "safety": {"phq9_9": "0"},
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


def answers(slug, known=None, **changes):
    """The answers a form makes of what is typed on one page."""
    form = questions.BY_SLUG[slug].form(TYPED[slug] | changes, known=known)
    assert form.is_valid(), f"{slug}: {form.errors}"
    return form.to_answers()


def asked_pages(facts, **changes):
    """[(slug, answers)] of the pages asked of someone with these facts who types TYPED.

    ``changes``: slug, with underscores, -> typed changes.
    """
    said = {}

    def typed(page):
        said[page.slug] = answers(page.slug, facts, **changes.get(page.slug.replace("-", "_"), {}))
        return said[page.slug]

    questions.walk(facts, typed)
    return list(said.items())


def asked_slugs(**changes):
    """The slugs of those pages, of someone of whom the record holds nothing."""
    return [slug for slug, _ in asked_pages({}, **changes)]


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
    for slug, said in asked_pages(facts_of(packet), **changes):
        packets.save_page(packet=packet, slug=slug, answers=said, version=0, by=people.patient)
    for consent in consents_of(packet):
        if consent.is_required:
            name = {"printed_name": "Ngozi Okafor-Test", "agreed": True, "electronic_agreed": True}
            sign_consent(packet=packet, text=consent.text, by=people.patient, **name)
    return Packet.objects.get(pk=packet.pk)


def submitted(people, **changes):
    """A packet that was sent."""
    return packets.submit(packet=filled(people, **changes), by=people.patient)


def assessed(people, **changes):
    """An opened assessment of a sent packet."""
    return assessments.start_assessment(packet=submitted(people, **changes), by=people.prescriber)
