"""The rules as a clinic reads them: what each asks, how much it weighs here, where it is from, how often it fired."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db.models import Count, Q

from clinic import access
from intake.known import newest_levels
from intake.models import Finding, RuleLevel
from intake.rules import levels
from intake.rules.conditions import words_of
from intake.rules.engine import LEVEL_WORDS, OFF, WEIGHT
from intake.rules.findings import RULES, dead_rules

FIRED_DAYS = 90
SHOWN = {
    "all": "All",
    "changed": "Changed here",
    "off": "Switched off",
    "unverified": "Unverified defaults",
    "broken": "Can’t fire",
}
STAGES = {
    "submission": "when a packet is sent",
    "assessment": "at the assessment",
    "decision": "at the decision",
    "booking": "at booking",
    "check_in": "at every visit",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its level now beside its default, and in the last 90 days how often it fired and was not known."""

    rule: object
    level: object
    set: object
    fired: int
    asked: int
    is_broken: bool

    @property
    def level_words(self):
        """The level in force, in words."""
        return levels.words_of(self.level)

    @property
    def default_words(self):
        """The level it ships with, in words."""
        return LEVEL_WORDS[self.rule.level]

    @property
    def is_changed(self):
        """Does the clinic weigh it otherwise than it ships?"""
        return self.level != self.rule.level

    @property
    def change_words(self):
        """What it weighs here and what it ships as."""
        return f"{self.level_words} here, ships as: {self.default_words.lower()}"

    @property
    def is_off(self):
        """Is it switched off?"""
        return self.level == OFF

    @property
    def source_words(self):
        """Whether its source stands for all of it."""
        return "Verified" if self.rule.is_verified else "Unverified default: the clinic approves"

    @property
    def source_short(self):
        """The source by its name: without numbers, and without what is said of the clinic's part in it."""
        return self.rule.source.partition("(")[0].partition(";")[0].removesuffix(", for the class").strip(" ,")

    @property
    def sentence(self):
        """The reason it gives, with a gap where the patient's own answer stands."""
        return self.rule.reason.format(value="…")

    @property
    def counts_for(self):
        """What is treated, where it counts."""
        return words_of(self.rule.conditions)

    @property
    def stages(self):
        """When it is run, in words; a rule of all stages says so."""
        return ", ".join(STAGES[stage] for stage in self.rule.stages)


def rows_of(request, at, only=None):
    """A Row for every rule (or the one whose code is ``only``), heaviest first. Two queries."""
    newest = {row.rule: row for row in newest_levels()}
    now = levels.in_force(RULES, newest.values())
    fired = fired_since(request, at - timedelta(days=FIRED_DAYS))
    rules = [rule for rule in RULES if only in (None, rule.code)]
    rows = [_row(rule, now.get(rule.code, rule.level), newest.get(rule.code), fired) for rule in rules]
    return sorted(rows, key=lambda row: (WEIGHT.get(row.level, len(WEIGHT)), row.rule.code))


def _row(rule, level, setting, fired):
    counts = fired.get(rule.code, (0, 0))
    return Row(rule, level, setting, *counts, rule.code in dead_rules())


def fired_since(request, since):
    """Rule code -> (patients for whom it fired, for whom it was not known) since then, at the reader's sites."""
    sites = [site.pk for site in access.sites_for(request)]
    mine = Finding.objects.filter(
        found_at__gte=since, patient__sites__site__in=sites, patient__sites__until__isnull=True
    )
    rows = mine.exclude(stage="submission").values("rule")
    counted = rows.annotate(
        fired=Count("patient__person", filter=~Q(level="unknown"), distinct=True),
        asked=Count("patient__person", filter=Q(level="unknown"), distinct=True),
    )
    return {row["rule"]: (row["fired"], row["asked"]) for row in counted}


def rule_list(request, at):
    """Context of the list, with the tabs and how many each holds."""
    rows = rows_of(request, at)
    by_tab = {
        "all": rows,
        "changed": [row for row in rows if row.is_changed],
        "off": [row for row in rows if row.is_off],
        "unverified": [row for row in rows if not row.rule.is_verified],
        "broken": [row for row in rows if row.is_broken],
    }
    shown = request.GET.get("show") if request.GET.get("show") in by_tab else "all"
    return {
        "groups": grouped(by_tab[shown]),
        "shown": shown,
        "tabs": [(code, words, len(by_tab[code])) for code, words in SHOWN.items() if by_tab[code] or code == "all"],
        "sentence": sentence(rows),
        "days": FIRED_DAYS,
    }


def grouped(rows):
    """[(level in words, its rows)], heaviest first, what is switched off last."""
    return [(words, list(found)) for words, found in groupby(rows, key=lambda row: row.level_words)]


def sentence(rows):
    """The title: what wants a look first."""
    broken, changed = (sum(row.is_broken for row in rows), sum(row.is_changed for row in rows))
    if broken:
        return f"{broken} of {len(rows)} rules can’t fire"
    weighed = "as they ship" if not changed else f"{changed} weighed otherwise than they ship"
    return f"{len(rows)} rules, {weighed}"


def rule_show(request, rule, at):
    """Context of one rule with its history."""
    history = list(RuleLevel.objects.filter(rule=rule.code).select_related("set_by"))
    return {
        "row": rows_of(request, at, only=rule.code)[0],
        "history": history,
        "can_set": access.has_role(request, "prescriber"),
        "days": FIRED_DAYS,
    }
