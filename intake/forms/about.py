"""About you, someone to call, your height and weight."""

from decimal import ROUND_HALF_UP, Decimal

from intake.forms.base import NOT_ANSWERED, PageForm, plain_number
from intake.forms.fields import choice, line, number, yes_no

KG_PER_LB = Decimal("0.45359237")  # exact, by definition
CM_PER_INCH = Decimal("2.54")  # exact, by definition
# Kilograms and centimetres an adult can have at all, and beyond which we ask whether the unit is right.
# Clinic default (unverified default, the clinic approves).
WEIGHT_KG, WEIGHT_ASK_KG = (Decimal(25), Decimal(350)), (Decimal(38), Decimal(160))
HEIGHT_CM = (Decimal(100), Decimal(240))


class AboutYouForm(PageForm):
    """How to call and how to reach the patient."""

    preferred_name = line("What should we call you?", autocomplete="given-name", error="Write the name we should use")
    phone = line(
        "Your phone number",
        most=40,
        autocomplete="tel",
        inputmode="tel",
        help_text="We call only about your care.",
        error="Write a phone number we can reach you on",
    )
    best_time = choice(
        "When is a good time to call?",
        [("morning", "Morning"), ("afternoon", "Afternoon"), ("evening", "Early evening"), ("any", "Any time")],
    )
    interpreter = choice("Do you need an interpreter?", [("no", "No"), ("yes", "Yes")], across=True)
    interpreter_language = line("Which language?", required=False, most=60)


class EmergencyForm(PageForm):
    """Who to call, and who takes them home."""

    lede = "Someone we can call if you need help while you are with us."
    emergency_name = line("Their name", error="Write their name")
    emergency_relation = line(
        "Who are they to you?",
        most=60,
        help_text="For example my sister, or a friend.",
        error="Write who they are to you",
    )
    emergency_phone = line("Their phone number", most=40, inputmode="tel", error="Write their phone number")
    escort = yes_no(
        "Can an adult take you home after each treatment?",
        help_text="You must not drive until the next day. If you have nobody, we will help you plan.",
    )


class BodyForm(PageForm):
    """Height and weight in the patient's own units, kept in kg and cm; unlikely numbers are asked about."""

    lede = "A guess is fine. We will weigh you before each treatment."
    template_name = "intake/fields/_body.html"
    weight = number("Your weight", least=25, most=800, required=True)
    weight_unit = choice("Weight in", [("lb", "Pounds (lb)"), ("kg", "Kilograms (kg)")], across=True)
    height_unit = choice("Height in", [("ft", "Feet and inches"), ("cm", "Centimeters")], across=True)
    height_ft = number("Feet", least=3, most=7, whole=True)
    height_in = number("Inches", least=0, most=Decimal("11.9"))
    height_cm_typed = number("Centimeters", least=100, most=240)

    def clean(self):
        """Convert, then ask about a weight that looks like the other unit."""
        data = super().clean()
        kilos, centimetres = self._weight_kg(data), self._height_cm(data)
        data["weight_kg"], data["height_cm"] = kilos, centimetres
        if kilos is not None:
            self._check_weight(kilos, data)
        return data

    @property
    def saved_lines(self):
        """What is saved, in both units."""
        return self.lines(self.initial)

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
            self.add_error(name, "Type your height")
        return data.get(name)

    def _check_weight(self, kilos, data):
        least, most = WEIGHT_KG
        if not least <= kilos <= most:
            self.add_error("weight", f"{both_weights(kilos)} can't be right. Check the number and the unit")
        elif not WEIGHT_ASK_KG[0] <= kilos <= WEIGHT_ASK_KG[1]:
            self.doubt("weight", f"Is it right? {both_weights(kilos)}. {_other_unit(data)}")

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
            ("Your weight", both_weights(Decimal(weight)) if weight else NOT_ANSWERED),
            ("Your height", both_heights(Decimal(height)) if height else NOT_ANSWERED),
        ]


def both_weights(kilos):
    """ "180 lb (81.6 kg)": both units, so that a wrong one is seen."""
    pounds = (kilos / KG_PER_LB).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{pounds} lb ({plain_number(kilos)} kg)"


def both_heights(centimetres):
    """ "5 ft 7 in (170 cm)"."""
    inches = (centimetres / CM_PER_INCH).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{int(inches) // 12} ft {int(inches) % 12} in ({plain_number(centimetres)} cm)"


def _other_unit(data):
    if data["weight_unit"] == "kg":
        swapped = (data["weight"] * KG_PER_LB).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        return f"If you meant {plain_number(data['weight'])} lb ({plain_number(swapped)} kg), choose pounds"
    return "If you meant kilograms, choose kilograms"
