"""A rule that can never fire is worse than none: it fails the build, and shows on the health page and in the admin."""

from django.core import checks

from clinic import health
from intake.rules.findings import dead_rules

PART, TROUBLE = "rules", "cannot-fire"


@checks.register()
def rules_can_fire(app_configs, **options):
    """An error for each rule in force that its own example does not fire."""
    return [
        checks.Error(
            f"The eligibility rule {code} can never fire.",
            hint="Its condition, its facts and its examples don't fit together: see intake/rules.",
            id="intake.E001",
        )
        for code in dead_rules()
    ]


def rules_well():
    """ "ok", or one word when a rule in force can't fire."""
    return TROUBLE if dead_rules() else health.OK


def trouble():
    """Which rules can't fire, in a sentence."""
    return f"Eligibility rules that can never fire: {', '.join(dead_rules())}. Tell whoever maintains the product."


def watch_rules():
    """Add the rules to what the health page and the admin tell."""
    health.watch(PART, rules_well, trouble)
