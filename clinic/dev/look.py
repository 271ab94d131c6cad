"""The style guide: every component and chart with invented data, in the three themes. Development only."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic.access import public
from clinic.charts import data
from clinic.forms import CheckCards, DayMonthYearField, PlainForm, RadioCards, TenField
from clinic.refusal import Item

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 5, 14, 13, 35, tzinfo=UTC)


class SampleForm(PlainForm):
    """One field of each kind."""

    units = {"weight": "kg"}
    widths = {"weight": 4, "mobile": 20}

    born = DayMonthYearField(label="Date of birth", help_text="For example May 14 1978")
    mobile = forms.CharField(label="Mobile number", help_text="We send visit reminders here.")
    weight = forms.DecimalField(label="Weight today", min_value=25, max_value=350)
    protocol = forms.ChoiceField(
        label="Protocol", choices=[("", "Choose one"), ("m", "Mood, 40 minutes"), ("p", "Pain, 4 hours")]
    )
    escort = forms.ChoiceField(
        label="Is somebody taking you home?",
        widget=RadioCards,
        choices=[("yes", "Yes, they are coming in"), ("phone", "Yes, they wait for a call"), ("no", "Not yet")],
    )
    kinds = forms.MultipleChoiceField(
        label="What is the pain like?",
        widget=CheckCards,
        required=False,
        choices=[("burn", "Burning"), ("stab", "Stabbing"), ("numb", "Numb")],
    )
    pain = TenField(label="Your pain right now", low="No pain", high="Worst")
    told = forms.BooleanField(label="I have been told not to drive until tomorrow")
    notes = forms.CharField(label="Anything else", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def _at(minutes):
    return START + timedelta(minutes=minutes)


def sample_infusion():
    """An infusion with a gap, a correction, two drugs, events close together and a value beyond the scale."""
    pressures = [
        (5, 128, 78, 62, 98),
        (11, 126, 77, 61, 98),
        (22, 131, 80, 63, 98),
        (27, 138, 84, 66, 97),
        (32, 144, 88, 70, 97),
        (37, 154, 93, 73, 96),
        (42, 169, 98, 77, 96),
        (47, 204, 112, 79, 95),
        (57, 148, 89, 72, 97),
        (62, 142, 86, 69, 97),
    ]
    above = {"sys": "caution"}
    readings = [
        data.Reading(
            _at(m),
            s,
            d,
            None,
            h,
            o,
            levels={"sys": "alarm"} if s > 180 else above if s > 152 else {},
            was={"sys": 196} if s == 169 else {},
        )
        for m, s, d, h, o in pressures
    ]
    readings.append(data.Reading(_at(52), missed="cuff off while retching"))
    return data.Infusion(
        _at(0),
        _at(105),
        ZONE,
        _at(66),
        readings,
        phases=[
            data.Phase("baseline", _at(0), _at(17)),
            data.Phase("infusing", _at(17), _at(47)),
            data.Phase("paused", _at(47), _at(56)),
            data.Phase("infusing", _at(56)),
            data.Phase("infusing", _at(66), label="Infusing until about 12:01", planned=True),
        ],
        drugs=[
            data.DrugRow(
                "Ketamine",
                "mg/kg/h",
                [
                    data.Rate(_at(17), Decimal("0.6"), "48 mg/h, 24 mL/h"),
                    data.Rate(_at(47), 0),
                    data.Rate(_at(56), Decimal("0.4"), "32 mg/h"),
                ],
            ),
            data.DrugRow("Lidocaine", "mg/h", [data.Rate(_at(30), 90, "9 mL/h")]),
        ],
        given=[data.Mark(_at(49), "ondansetron 4 mg IV"), data.Mark(_at(51), "midazolam 1 mg IV")],
        events=[
            data.Mark(_at(17), "start"),
            data.Mark(_at(45), "nausea, moderate", _at(55)),
            data.Mark(_at(47), "paused"),
            data.Mark(_at(56), "resumed"),
            data.Mark(_at(58), "line checked"),
        ],
        scores=[data.ScoreRow("Pain", "0-10", [(_at(5), 7), (_at(32), 5), (_at(47), 5), (_at(62), 3)])],
        limits=[
            data.Limit("sys", "alarm", 180, reached=True),
            data.Limit("sys", "caution", 152),
            data.Limit("sys", "baseline", 127),
            data.Limit("dia", "baseline", 78),
            data.Limit("spo2", "caution", 94, "below"),
            data.Limit("spo2", "alarm", 90, "below"),
        ],
        rule="systolic caution above 152 (baseline + 20 %), alarm from 180; SpO\u2082 caution below 94, alarm < 90.",
    )


def sample_relief():
    """Five months of diary reports: relief after each infusion, then its end; some weeks silent."""
    first = date(2026, 1, 3)
    doses = [(1, 9, 40), (2, 16, 48), (3, 24, 48), (4, 45, 64), (5, 79, 72), (6, 114, 72)]
    reports = [
        data.Report(first + timedelta(days=d), _sample_pain(d, doses))
        for d in range(132)
        if (d * 7) % 5 not in (1, 3) and not 92 <= d <= 101
    ]
    return data.Relief(
        first,
        first + timedelta(days=150),
        first + timedelta(days=131),
        reports,
        [data.Dose(str(n), first + timedelta(days=d), f"{mg} mg") for n, d, mg in doses],
        Decimal("7.2"),
        "14 days before",
        window=(first + timedelta(days=135), first + timedelta(days=142)),
    )


def _sample_pain(day, doses):
    since = min((day - d for _, d, _ in doses if d < day), default=99)
    wave = (day * 13) % 3 - 1
    return max(0, min(10, 7 + wave if since > 24 else 3 + max(since - 12, 0) // 4 + (wave > 0)))


def sample_survival():
    steps = [
        (0, 0.91, 0.8, 0.96, None),
        (6, 0.8, 0.68, 0.9, 3),
        (12, 0.62, 0.5, 0.75, 9),
        (21, 0.48, 0.36, 0.62, 17),
        (30, 0.33, 0.2, 0.47, None),
        (45, 0.2, 0.1, 0.35, 39),
    ]
    return data.Survival(
        [data.Step(*step) for step in steps],
        54,
        40,
        median=21,
        median_low=13,
        median_high=28,
        at_risk=[(0, 54), (14, 33), (28, 16), (42, 6), (56, 2)],
        censored=[10, 25, 33],
        patient=[(16, 17), (21, 26), (27, None)],
    )


def _sample_context():
    blank, wrong = (
        SampleForm(),
        SampleForm(
            {"born_month": "14", "born_day": "2", "born_year": "1978", "weight": "800", "kinds": ["burn"], "pain": "0"},
            prefix=None,
            auto_id="wrong_%s",
        ),
    )
    patient = SimpleNamespace(
        family_name="Okafor",
        given_name="Ngozi",
        preferred_name="Goz",
        born_on=date(1978, 11, 3),
        record_number="TL-004 817",
        get_sex_display="Female",
    )
    items = [
        Item("weight", "Weight today", link="#weight"),
        Item("escort", "Escort not reached", link="#escort"),
        Item("check", "Second check of the dose", link="#check"),
    ]
    return {
        "blank": blank,
        "wrong": wrong,
        "items": items,
        "banner": SimpleNamespace(
            patient=patient,
            allergies=["Penicillin (rash)", "latex"],
            alerts=["No blood pressure on the left arm"],
            withhold=False,
            tag_word="Chair",
            tag="2",
            strip=1,
        ),
        "infusion": sample_infusion(),
        "relief": sample_relief(),
        "survival": sample_survival(),
        "spark": data.Spark([97, 97, 96, None, 95, 94, 92, 88], "SpO2, last 35 min", 97, 90, "alarm"),
        "durations": [
            data.Duration(21, 26, "30 % relief after infusion 4"),
            data.Duration(17, None, "30 % relief after infusion 6"),
            data.Duration(0, 0, "30 % relief after infusion 1"),
            data.Duration(None, None, "30 % relief after infusion 2"),
        ],
        "dose4": [
            ("total dose", "72 mg"),
            ("at 80 kg, weighed today", "0.9 mg/kg"),
            ("volume at 2 mg/mL", "36 mL"),
            ("for 90 min", "24 mL/h"),
        ],
        "task": SimpleNamespace(neutral_title="Call the patient back", patient=patient, due_at=START),
        "page_obj": Paginator(range(95), 20).page(2),
        "at": START,
        "progress": range(14),
    }


PAGES = {"components": "dev/look.html", "chairside": "dev/look_chairside.html", "patient": "dev/look_patient.html"}


@public
@require_safe
def show(request, page="components"):
    """One page of the style guide."""
    return render(request, PAGES[page], _sample_context())
