"""Health history: every fact the rules rest on that a patient can tell. The code of a question is the fact's name."""

from django.utils.translation import gettext_lazy as _

from intake.forms.base import PageForm
from intake.forms.fields import choice, several, words, yes_no

NOT_SURE = ("not_sure", _("Not sure"))


class HeartForm(PageForm):
    """Heart, blood pressure and lungs."""

    lede = _("Ketamine can raise your blood pressure for a short time. So we ask about your heart and your breathing.")
    bp_uncontrolled = yes_no(
        _("Is your blood pressure too high at the moment?"),
        help_text=_("Also say yes if it is high even with medicine."),
    )
    angina = yes_no(_("Do you get chest pain at rest, or chest pain that is getting worse?"))
    heart_attack_6m = yes_no(_("Have you had a heart attack in the last 6 months?"))
    stroke_6m = yes_no(_("Have you had a stroke or a mini-stroke in the last 6 months?"))
    heart_failure = yes_no(
        _("Do you have heart failure with signs now?"),
        help_text=_("For example, breathless lying flat, or swollen legs."),
    )
    aneurysm = yes_no(
        _("Has a doctor found an aneurysm or a tangle of blood vessels?"), help_text=_("In the brain, chest or belly.")
    )
    sleep_apnea = yes_no(_("Do you have sleep apnea?"), help_text=_("You stop breathing for moments in your sleep."))
    copd_severe = yes_no(
        _("Do you have severe lung disease?"), help_text=_("For example, COPD that stops you doing things.")
    )
    recent_cold = yes_no(_("Have you had a cold, a cough or a chest infection in the last 2 weeks?"))


class GeneralHealthForm(PageForm):
    """Head, eyes, liver, thyroid, nerves, bladder."""

    icp_mass = yes_no(
        _("Do you have a growth in the brain, raised pressure in the head, or a head injury in the last 3 months?")
    )
    glaucoma = yes_no(_("Do you have glaucoma or high pressure in an eye?"))
    liver = choice(
        _("Do you have liver disease?"),
        [
            ("no", _("No")),
            ("mild", _("Yes, but not severe")),
            ("severe", _("Yes, severe, such as cirrhosis")),
            NOT_SURE,
        ],
    )
    thyroid_overactive = yes_no(_("Is your thyroid overactive and not under control?"))
    seizures = yes_no(_("Do you have seizures or epilepsy?"))
    porphyria = yes_no(
        _("Has a doctor told you that you have porphyria?"), help_text=_("It is rare and runs in families.")
    )
    bladder = yes_no(
        _("Do you have bladder trouble?"), help_text=_("Pain when you pee, blood in it, or going very often.")
    )


class OtherHealthForm(PageForm):
    """Kidneys, sugar, stomach, and what no question asked about."""

    kidney = choice(
        _("Do you have kidney disease?"),
        [
            ("no", _("No")),
            ("mild", _("Yes, but not severe")),
            ("severe", _("Yes, severe, or I am on dialysis")),
            NOT_SURE,
        ],
    )
    diabetes = choice(
        _("Do you have diabetes?"),
        [
            ("no", _("No")),
            ("diet", _("Yes, with food rules or tablets")),
            ("insulin", _("Yes, with insulin")),
            NOT_SURE,
        ],
        help_text=_("We ask because you must not eat for some hours before a treatment."),
    )
    reflux = yes_no(
        _("Does food or acid often come back up?"), help_text=_("For example, heartburn on most days, or when you lie.")
    )
    faints = yes_no(_("Have you fainted in the last 3 months?"))
    health_words = words(_("Is there anything else about your health that we should know?"), rows=4)


class PregnancyForm(PageForm):
    """Pregnancy and breast feeding, in the same words for everyone to whom it may apply."""

    lede = _("We don’t know if ketamine is safe for a baby. So we ask everyone who could be pregnant.")
    pregnant = choice(
        _("Are you pregnant, or could you be?"),
        [
            ("no", _("No")),
            ("yes", _("Yes")),
            ("maybe", _("Maybe")),
            ("na", _("This does not apply to me")),
            NOT_SURE,
        ],
    )
    breastfeeding = choice(
        _("Are you breast feeding?"),
        [("no", _("No")), ("yes", _("Yes")), ("na", _("This does not apply to me")), NOT_SURE],
    )
    contraception = choice(
        _("Do you use something so that you don’t get pregnant?"),
        [("yes", _("Yes")), ("no", _("No")), ("na", _("This does not apply to me"))],
        required=False,
    )


class DailyLifeForm(PageForm):
    """Sleep, work, getting about, and what help is needed."""

    alone = ("help_needed",)
    sleep_hours = choice(
        _("How long do you sleep on most nights?"),
        [
            ("under_4", _("Less than 4 hours")),
            ("4_6", _("4 to 6 hours")),
            ("6_8", _("6 to 8 hours")),
            ("over_8", _("More than 8 hours")),
        ],
    )
    sleep_quality = choice(
        _("How well do you sleep?"),
        [("well", _("Well")), ("so_so", _("So-so")), ("badly", _("Badly"))],
        across=True,
    )
    work = choice(
        _("Do you work or study?"),
        [
            ("full", _("Yes, full time")),
            ("part", _("Yes, part time")),
            ("off_sick", _("Off sick at the moment")),
            ("no", _("No")),
        ],
    )
    falls = yes_no(_("Have you fallen in the last 3 months?"))
    lives_with = choice(
        _("Who do you live with?"),
        [
            ("alone", _("I live alone")),
            ("others", _("With family or others")),
            ("care", _("In a care home or shelter")),
        ],
    )
    help_needed = several(
        _("Do you need help with any of these when you visit us?"),
        [
            ("walking", _("Walking or stairs")),
            ("hearing", _("Hearing")),
            ("seeing", _("Seeing")),
            ("reading", _("Reading or writing")),
            ("none", _("No help needed")),
        ],
    )
