"""Where it hurts: the regions of the body map with their words, as a field, and as the picture of what was marked."""

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from clinic.charts.data import Body

FRONT = [
    ("front_head", _("Forehead")),
    ("front_face", _("Face or jaw")),
    ("front_neck", _("Front of the neck")),
    ("front_shoulder_left", _("Left shoulder, front")),
    ("front_shoulder_right", _("Right shoulder, front")),
    ("front_chest_left", _("Left chest")),
    ("front_chest_right", _("Right chest")),
    ("front_belly_upper", _("Upper belly")),
    ("front_belly_lower", _("Lower belly")),
    ("front_pelvis", _("Between the legs or low in the pelvis")),
    ("front_hip_left", _("Left hip or groin")),
    ("front_hip_right", _("Right hip or groin")),
    ("front_upper_arm_left", _("Left upper arm, front")),
    ("front_upper_arm_right", _("Right upper arm, front")),
    ("front_forearm_left", _("Left forearm, front")),
    ("front_forearm_right", _("Right forearm, front")),
    ("front_hand_left", _("Left hand, palm")),
    ("front_hand_right", _("Right hand, palm")),
    ("front_thigh_left", _("Left thigh, front")),
    ("front_thigh_right", _("Right thigh, front")),
    ("front_knee_left", _("Left knee")),
    ("front_knee_right", _("Right knee")),
    ("front_shin_left", _("Left shin")),
    ("front_shin_right", _("Right shin")),
    ("front_foot_left", _("Left foot, top")),
    ("front_foot_right", _("Right foot, top")),
]
BACK = [
    ("back_head", _("Back of the head")),
    ("back_neck", _("Back of the neck")),
    ("back_shoulder_left", _("Left shoulder blade")),
    ("back_shoulder_right", _("Right shoulder blade")),
    ("back_spine", _("Upper back, in the middle")),
    ("back_middle", _("Middle of the back")),
    ("back_lower_left", _("Low back, left")),
    ("back_lower_right", _("Low back, right")),
    ("back_buttock_left", _("Left buttock")),
    ("back_buttock_right", _("Right buttock")),
    ("back_upper_arm_left", _("Left upper arm, back")),
    ("back_upper_arm_right", _("Right upper arm, back")),
    ("back_forearm_left", _("Left forearm, back")),
    ("back_forearm_right", _("Right forearm, back")),
    ("back_hand_left", _("Left hand, back")),
    ("back_hand_right", _("Right hand, back")),
    ("back_thigh_left", _("Left thigh, back")),
    ("back_thigh_right", _("Right thigh, back")),
    ("back_knee_left", _("Back of the left knee")),
    ("back_knee_right", _("Back of the right knee")),
    ("back_calf_left", _("Left calf")),
    ("back_calf_right", _("Right calf")),
    ("back_foot_left", _("Left heel or sole")),
    ("back_foot_right", _("Right heel or sole")),
]
ALL_OVER = ("all_over", _("All over"))
CHOICES = [*FRONT, *BACK, ALL_OVER]
LABELS = dict(CHOICES)
VERSION = 2

# Version 1 asked 15 places without a drawing. Its answers keep their own words, and are drawn where they lie.
FIRST_LABELS = {
    "head": _("Head"),
    "face": _("Face or jaw"),
    "neck": _("Neck"),
    "shoulder_left": _("Left shoulder"),
    "shoulder_right": _("Right shoulder"),
    "arm_left": _("Left arm or hand"),
    "arm_right": _("Right arm or hand"),
    "chest": _("Chest"),
    "belly": _("Belly"),
    "back_upper": _("Upper back"),
    "back_lower": _("Lower back"),
    "pelvis": _("Hips or pelvis"),
    "leg_left": _("Left leg or foot"),
    "leg_right": _("Right leg or foot"),
}
FIRST_REGIONS = {
    "head": ("front_head", "back_head"),
    "face": ("front_face",),
    "neck": ("front_neck", "back_neck"),
    "chest": ("front_chest_left", "front_chest_right"),
    "belly": ("front_belly_upper", "front_belly_lower"),
    "back_upper": ("back_spine", "back_shoulder_left", "back_shoulder_right"),
    "back_lower": ("back_lower_left", "back_lower_right"),
    "pelvis": ("front_hip_left", "front_hip_right", "front_pelvis"),
    **{f"shoulder_{side}": (f"front_shoulder_{side}", f"back_shoulder_{side}") for side in ("left", "right")},
    **{
        f"arm_{side}": tuple(f"{view}_{part}_{side}" for view in ("front", "back") for part in parts)
        for side in ("left", "right")
        for parts in (("upper_arm", "forearm", "hand"),)
    },
    **{
        f"leg_{side}": tuple(
            [f"front_{part}_{side}" for part in ("thigh", "knee", "shin", "foot")]
            + [f"back_{part}_{side}" for part in ("thigh", "knee", "calf", "foot")]
        )
        for side in ("left", "right")
    },
}


def today(codes):
    """Codes of any version as regions of the drawing, in its order; what is already one stays."""
    wanted = {region for code in codes or () for region in FIRST_REGIONS.get(code, (code,))}
    return [code for code, _words in CHOICES if code in wanted]


def drawn(codes):
    """The regions that are coloured: "all over" is every one."""
    regions = today(codes)
    return frozenset(code for code, _words in [*FRONT, *BACK]) if ALL_OVER[0] in regions else frozenset(regions)


def region_words(codes):
    """The places in words, in the words in which they were asked."""
    return ", ".join(str(LABELS.get(code) or FIRST_LABELS.get(code, code)) for code in codes)


def body_map(answers, *, views=("front", "back"), is_live=False):
    """The picture of what was marked (clinic.charts.data.Body); None when nothing was answered."""
    codes = answers.get("regions")
    if not codes and not is_live:
        return None
    worst = answers.get("worst_region") or ""
    return Body(
        marked=drawn(codes),
        worst=worst,
        views=views,
        title=gettext("Where it hurts"),
        words=_spoken(codes or [], worst),
        names=LABELS,
        view_words={"front": pgettext("side of the body", "Front"), "back": pgettext("side of the body", "Back")},
        side_words={"left": gettext("left"), "right": gettext("right")},
        is_live=is_live,
    )


def _spoken(codes, worst):
    said = gettext("Marked: %(places)s.") % {"places": region_words(codes)} if codes else gettext("Nothing is marked.")
    if worst in LABELS:
        said += " " + gettext("The worst place: %(place)s.") % {"place": LABELS[worst]}
    return said


class BodyMapWidget(forms.CheckboxSelectMultiple):
    """The check boxes beside the drawing: they work alone, the drawing follows them."""

    def __init__(self, attrs=None, choices=()):
        super().__init__({"class": "form-check-input"} | (attrs or {}), choices)


class BodyMapField(forms.MultipleChoiceField):
    """Regions of the body map. Answers of the first version come back as the regions they lie in."""

    version = VERSION

    def __init__(self, **kwargs):
        kwargs.setdefault("error_messages", {"required": _("Mark at least one place")})
        super().__init__(choices=CHOICES, widget=BodyMapWidget, **kwargs)

    def to_python(self, value):
        return today(super().to_python(value))

    def prepare_value(self, value):
        return today(value) if isinstance(value, list) else value

    def in_words(self, answer):
        """The places in the words in which they were asked."""
        return region_words(answer)


SIDES = ((pgettext_lazy("side of the body", "Front"), FRONT), (pgettext_lazy("side of the body", "Back"), BACK))


class WorstField(forms.ChoiceField):
    """Which of the places is the worst; may be left open."""

    version = 1

    def __init__(self, **kwargs):
        groups = [("", _("Choose")), *SIDES]
        super().__init__(choices=groups, required=False, **kwargs)

    def in_words(self, answer):
        """The place in words."""
        return region_words([answer])


def with_worst(regions, worst):
    """The worst place is a marked one, also when only it was chosen."""
    return today([*(regions or []), worst]) if worst else regions


def checked_words(regions):
    """What is marked, as one sentence for the page."""
    names = [str(LABELS[code]) for code in today(regions)]
    return (
        gettext("Marked: %(places)s.") % {"places": get_text_list(names, gettext("and"))}
        if names
        else gettext("Nothing is marked yet.")
    )


class BodyQuestion:
    """The body map on its page: the pictures, and the same places as check boxes, front and back."""

    def __init__(self, field, worst):
        self.field, self.worst = field, worst

    @property
    def pictures(self):
        """The front and the back, with what is marked now."""
        answers = {"regions": self._marked(), "worst_region": self.worst.value() or ""}
        return [(view, body_map(answers, views=(view,), is_live=True)) for view in ("front", "back")]

    @property
    def groups(self):
        """(title, boxes) of the front and of the back."""
        return [(title, self._boxes(dict(codes))) for title, codes in SIDES]

    @property
    def all_over(self):
        """The one box for everywhere."""
        return self._boxes({ALL_OVER[0]: ""})[0]

    @property
    def words(self):
        """What is marked now, as a sentence."""
        return checked_words(self._marked())

    def _marked(self):
        return [str(code) for code in self.field.value() or []]

    def _boxes(self, codes):
        return [box for box in self.field.subwidgets if str(box.data["value"]) in codes]
