"""About you, someone to call, your height and weight."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from intake.forms.base import NOT_ANSWERED, PageForm, plain_number
from intake.forms.fields import JUST_YES_NO, RATHER_NOT, choice, line, number, words, yes_no
from intake.rules.asked import asks_sex

KG_PER_LB = Decimal("0.45359237")  # exact, by definition
CM_PER_INCH = Decimal("2.54")  # exact, by definition
# Kilograms an adult can have at all, and beyond which we ask whether the unit is right.
# Clinic default (unverified default, the clinic approves).
WEIGHT_KG, WEIGHT_ASK_KG = (Decimal(25), Decimal(350)), (Decimal(38), Decimal(160))


class AboutYouForm(PageForm):
    """Who the patient is, how to call and how to reach them. Sex is asked only when the record lacks it."""

    only_if = {"sex_at_birth": asks_sex}
    goes_with = {
        "legal_name": ("name_right", ("no",), _("Write your full name, as it is on your ID")),
        "interpreter_language": ("interpreter", ("yes",), _("Write which language")),
    }
    name_right = choice(_("Is this your full name, as it is on your ID?"), JUST_YES_NO, across=True)
    legal_name = line(_("Your full name, as it is on your ID"), required=False, most=200, autocomplete="name")
    preferred_name = line(
        _("What should we call you?"), autocomplete="given-name", error=_("Write the name we should use")
    )
    sex_at_birth = choice(
        _("What sex were you given at birth?"),
        [("female", _("Female")), ("male", _("Male")), ("other", _("Neither of these")), RATHER_NOT],
        help_text=_("Some of our safety questions rest on it."),
    )
    address = words(_("Your home address"), most=400, rows=3, error=_("Write your home address"))
    phone = line(
        _("Your phone number"),
        most=40,
        autocomplete="tel",
        inputmode="tel",
        help_text=_("We call only about your care."),
        error=_("Write a phone number we can reach you on"),
    )
    best_time = choice(
        _("When is a good time to call?"),
        [
            ("morning", _("Morning")),
            ("afternoon", _("Afternoon")),
            ("evening", _("Early evening")),
            ("any", _("Any time")),
        ],
    )
    language_best = choice(
        _("Which language do you like best?"),
        [("en", _("English")), ("es", _("Spanish")), ("other", _("Another language"))],
    )
    interpreter = choice(_("Do you need an interpreter?"), [("no", _("No")), ("yes", _("Yes"))], across=True)
    interpreter_language = line(_("Which language should they speak?"), required=False, most=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name_right"].help_text = self.known.get("_name", "")
        address = self.fields["address"]
        address.required = not self.known.get("_has_address")
        if not address.required:
            address.help_text = _("We have an address for you. Write here only if you have moved.")


class EmergencyForm(PageForm):
    """Who to call, what they may know, and who takes the patient home."""

    lede = _("Someone we can call if you need help while you are with us.")
    emergency_name = line(_("Their name"), error=_("Write their name"))
    emergency_relation = line(
        _("Who are they to you?"),
        most=60,
        help_text=_("For example my sister, or a friend."),
        error=_("Write who they are to you"),
    )
    emergency_phone = line(_("Their phone number"), most=40, inputmode="tel", error=_("Write their phone number"))
    emergency_may_know = choice(
        _("May we talk with them about your treatment?"),
        [("yes", _("Yes")), ("urgent", _("Only in an emergency"))],
    )
    escort = yes_no(
        _("Can an adult take you home after each treatment?"),
        help_text=_("You must not drive until the next day. If you have nobody, we will help you plan."),
    )


class BodyForm(PageForm):
    """Height and weight in the patient's own units, kept in kg and cm; unlikely numbers are asked about."""

    lede = _("A guess is fine. We will weigh you before each treatment.")
    template_name = "intake/fields/_body.html"
    computed = ("weight_kg", "height_cm")
    weight = number(_("Your weight"), least=25, most=800, required=True)
    weight_unit = choice(_("Weight in"), [("lb", _("Pounds (lb)")), ("kg", _("Kilograms (kg)"))], across=True)
    height_unit = choice(_("Height in"), [("ft", _("Feet and inches")), ("cm", _("Centimeters"))], across=True)
    height_ft = number(_("Feet"), least=3, most=7, whole=True)
    height_in = number(_("Inches"), least=0, most=Decimal("11.9"))
    height_cm_typed = number(_("Centimeters"), least=100, most=240)

    def clean(self):
        """Convert, then ask about a weight that looks like the other unit."""
        data = super().clean()
        kilos, centimetres = self._weight_kg(data), self._height_cm(data)
        data["weight_kg"], data["height_cm"] = kilos, centimetres
        if kilos is not None:
            self._check_weight(kilos, data)
        return data

    @property
    def both_units(self):
        """What is saved or, after a mistake, what was typed, in both units; what is not there is left out."""
        said = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        return [(label, words) for label, words in self.lines(said) if words != NOT_ANSWERED]

    def _weight_kg(self, data):
        weight = data.get("weight")
        if weight is None or not data.get("weight_unit"):
            return None
        kilos = weight * KG_PER_LB if data["weight_unit"] == "lb" else weight
        return kilos.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    def _height_cm(self, data):
        if data.get("height_unit") == "cm":
            return self._needed("height_cm_typed", data)
        if data.get("height_unit") == "ft":
            feet = self._needed("height_ft", data)
            inches = data.get("height_in") or 0
            return None if feet is None else ((feet * 12 + inches) * CM_PER_INCH).quantize(Decimal("0.1"))
        return None

    def _needed(self, name, data):
        if data.get(name) is None and name not in self.errors:
            self.add_error(name, _("Type your height"))
        return data.get(name)

    def _check_weight(self, kilos, data):
        least, most = WEIGHT_KG
        both = {"weight": both_weights(kilos)}
        if not least <= kilos <= most:
            self.add_error("weight", say("%(weight)s can't be right. Check the number and the unit") % both)
        elif not WEIGHT_ASK_KG[0] <= kilos <= WEIGHT_ASK_KG[1]:
            self.doubt("weight", say("Is it right? %(weight)s. %(other)s") % (both | {"other": _other_unit(data)}))

    def to_answers(self):
        """The typed figures and the converted ones (kg and cm, as text)."""
        answers = super().to_answers()
        for name in ("weight", "weight_kg", "height_cm", "height_in", "height_cm_typed", "height_ft"):
            value = self.cleaned_data.get(name)
            answers[name] = None if value is None else plain_number(value)
        return answers

    @classmethod
    def lines(cls, answers):
        """Weight and height in both units."""
        weight, height = answers.get("weight_kg"), answers.get("height_cm")
        return [
            (_("Your weight"), both_weights(Decimal(weight)) if weight else NOT_ANSWERED),
            (_("Your height"), both_heights(Decimal(height)) if height else NOT_ANSWERED),
        ]


def both_weights(kilos):
    """ "180 lb (81.6 kg)": both units, so that a wrong one is seen."""
    pounds = (kilos / KG_PER_LB).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{pounds} lb ({plain_number(kilos)} kg)"


def both_heights(centimetres):
    """ "5 ft 7 in (170 cm)"."""
    inches = (centimetres / CM_PER_INCH).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    feet, rest = divmod(int(inches), 12)
    return say("%(feet)s ft %(inches)s in (%(cm)s cm)") % {
        "feet": feet,
        "inches": rest,
        "cm": plain_number(centimetres),
    }


def _other_unit(data):
    if data["weight_unit"] == "kg":
        swapped = (data["weight"] * KG_PER_LB).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        figures = {"pounds": plain_number(data["weight"]), "kilos": plain_number(swapped)}
        return say("If you meant %(pounds)s lb (%(kilos)s kg), choose pounds") % figures
    return say("If you meant kilograms, choose kilograms")
