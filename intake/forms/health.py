"""Health history: every fact the rules rest on that a patient can tell. The code of a question is the fact's name."""

from intake.forms.base import PageForm
from intake.forms.fields import choice, yes_no

OFTEN = [
    ("never", "Never"),
    ("rarely", "Less than once a week"),
    ("weekly", "1 to 3 days a week"),
    ("most_days", "4 or more days a week"),
    ("rather_not", "I would rather not say"),
]


class HeartForm(PageForm):
    """Heart, blood pressure, lungs and airway."""

    lede = "Ketamine can raise your blood pressure for a short time. So we ask about your heart and your breathing."
    bp_uncontrolled = yes_no(
        "Is your blood pressure too high at the moment?",
        help_text="Also say yes if it is high even with medicine.",
    )
    angina = yes_no("Do you get chest pain at rest, or chest pain that is getting worse?")
    heart_attack_6m = yes_no("Have you had a heart attack in the last 6 months?")
    stroke_6m = yes_no("Have you had a stroke or a mini-stroke in the last 6 months?")
    heart_failure = yes_no(
        "Do you have heart failure with signs now?", help_text="For example, breathless lying flat, or swollen legs."
    )
    aneurysm = yes_no(
        "Has a doctor found an aneurysm or a tangle of blood vessels?", help_text="In the brain, chest or belly."
    )
    sleep_apnea = yes_no("Do you have sleep apnea?", help_text="You stop breathing for moments in your sleep.")
    copd_severe = yes_no("Do you have severe lung disease?", help_text="For example, COPD that stops you doing things.")
    recent_cold = yes_no("Have you had a cold, a cough or a chest infection in the last 2 weeks?")
    airway_difficult = yes_no(
        "Has anyone had trouble putting you to sleep for an operation?",
        help_text="For example, it was hard to place a breathing tube.",
    )


class GeneralHealthForm(PageForm):
    """Head, eyes, liver, thyroid, nerves, bladder."""

    icp_mass = yes_no(
        "Do you have a growth in the brain, raised pressure in the head, or a head injury in the last 3 months?"
    )
    glaucoma = yes_no("Do you have glaucoma or high pressure in an eye?")
    liver = choice(
        "Do you have liver disease?",
        [
            ("no", "No"),
            ("mild", "Yes, but not severe"),
            ("severe", "Yes, severe, such as cirrhosis"),
            ("not_sure", "Not sure"),
        ],
    )
    thyroid_overactive = yes_no("Is your thyroid overactive and not under control?")
    seizures = yes_no("Do you have seizures or epilepsy?")
    porphyria = yes_no("Has a doctor told you that you have porphyria?", help_text="It is rare and runs in families.")
    bladder = yes_no("Do you have bladder trouble?", help_text="Pain when you pee, blood in it, or going very often.")


PREGNANT = [
    ("no", "No"),
    ("yes", "Yes"),
    ("maybe", "Maybe"),
    ("na", "This does not apply to me"),
    ("not_sure", "Not sure"),
]


class PregnancyForm(PageForm):
    """Pregnancy and breast feeding, asked of everyone in the same words."""

    lede = "We don't know if ketamine is safe for a baby. So we ask everyone."
    pregnant = choice("Are you pregnant, or could you be?", PREGNANT)
    breastfeeding = choice(
        "Are you breast feeding?",
        [("no", "No"), ("yes", "Yes"), ("na", "This does not apply to me"), ("not_sure", "Not sure")],
    )


class MindForm(PageForm):
    """Psychosis and mania."""

    lede = "Ketamine can make some of these worse. Only clinicians read your answers."
    psychosis = yes_no(
        "Do you have psychosis or schizophrenia, or have you seen or heard things that others did not?",
        help_text="Ever told by a doctor, or seen or heard in the last month.",
    )
    mania_now = yes_no("In the last month, were you so full of energy, with little sleep, that other people worried?")


class SubstancesForm(PageForm):
    """Alcohol, cannabis, other drugs, ketamine."""

    lede = "We ask to keep you safe, not to judge. Only clinicians read your answers."
    alcohol = choice("How often do you drink alcohol?", OFTEN)
    cannabis = choice("How often do you use cannabis?", OFTEN)
    substance_problem = yes_no("In the last 12 months, has alcohol or a drug been a problem for you?")
    ketamine_misuse = yes_no("Have you ever taken ketamine that nobody prescribed for you?")
    ketamine_elsewhere = yes_no("In the last 3 months, have you had ketamine or Spravato from somewhere else?")


class DailyLifeForm(PageForm):
    """Sleep, work and getting about."""

    sleep_hours = choice(
        "How long do you sleep on most nights?",
        [
            ("under_4", "Less than 4 hours"),
            ("4_6", "4 to 6 hours"),
            ("6_8", "6 to 8 hours"),
            ("over_8", "More than 8 hours"),
        ],
    )
    sleep_quality = choice(
        "How well do you sleep?", [("well", "Well"), ("so_so", "So-so"), ("badly", "Badly")], across=True
    )
    work = choice(
        "Do you work or study?",
        [("full", "Yes, full time"), ("part", "Yes, part time"), ("off_sick", "Off sick at the moment"), ("no", "No")],
    )
    falls = yes_no("Have you fallen in the last 3 months?")
    lives_with = choice(
        "Who do you live with?",
        [("alone", "I live alone"), ("others", "With family or others"), ("care", "In a care home or shelter")],
    )
