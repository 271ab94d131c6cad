"""Mental health, the gate before the questions about trauma, and alcohol and other drugs."""

from django.utils.translation import gettext_lazy as _

from intake.forms.base import PageForm
from intake.forms.fields import RATHER_NOT, choice, yes_no

OFTEN = [
    ("never", _("Never")),
    ("rarely", _("Less than once a week")),
    ("weekly", _("1 to 3 days a week")),
    ("most_days", _("4 or more days a week")),
    RATHER_NOT,
]


class MindForm(PageForm):
    """Psychosis, mania, a hospital stay, and an attempt to end one's life."""

    lede = _("Ketamine can make some of these worse. Only clinicians read your answers.")
    psychosis = yes_no(
        _("Do you have psychosis or schizophrenia, or have you seen or heard things that others did not?"),
        help_text=_("Ever told by a doctor, or seen or heard in the last month."),
    )
    mania_now = yes_no(
        _("In the last month, were you so full of energy, with little sleep, that other people worried?")
    )
    mind_hospital = choice(
        _("In the last 12 months, have you stayed in a hospital for your mental health?"),
        [("no", _("No")), ("yes", _("Yes")), RATHER_NOT],
    )
    suicide_attempt = choice(
        _("Have you ever tried to end your life?"),
        [
            ("no", _("No")),
            ("past", _("Yes, more than 3 months ago")),
            ("recent", _("Yes, in the last 3 months")),
            RATHER_NOT,
        ],
        help_text=_("We ask everyone, so that we can help."),
    )
    suicide_attempt.needs_person = True


class TraumaGateForm(PageForm):
    """The gate: nobody meets a question about trauma without having opened it."""

    lede = _(
        "Some people have lived through something very frightening, such as an accident, violence or war. "
        "It can matter for your treatment. You can skip this, and you can stop at any time."
    )
    trauma_gate = choice(
        _("May we ask you a few questions about that?"),
        [("yes", _("Yes, you can ask")), ("rather_not", _("I would rather not say"))],
        help_text=_("Skipping will not be held against you. You can also talk about it when we meet."),
    )


class SubstancesForm(PageForm):
    """Alcohol, cannabis, other drugs, ketamine."""

    lede = _("We ask to keep you safe, not to judge. Only clinicians read your answers.")
    alcohol = choice(_("How often do you drink alcohol?"), OFTEN)
    cannabis = choice(_("How often do you use cannabis?"), OFTEN)
    other_drugs = choice(_("How often do you use other drugs that nobody prescribed for you?"), OFTEN)
    substance_problem = yes_no(_("In the last 12 months, has alcohol or a drug been a problem for you?"))
    ketamine_misuse = yes_no(_("Have you ever taken ketamine that nobody prescribed for you?"))
