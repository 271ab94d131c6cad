"""News from below: a result or a score came in. What is lost here, the next check-in or booking finds."""

from django.dispatch import receiver

from clinic import events
from sessions.actions.safety import judge_anew


@receiver(events.test_results_changed)
def set_clocks_with_results(sender, order, by=None, at=None, **news):
    """A result of a test came in, was corrected or taken back: the clocks of long-term safety may move."""
    judge_anew(patient=order.patient, site=order.site, by=by, at=at)


@receiver(events.score_entered)
def set_clocks_with_scores(sender, patient, site, by=None, at=None, **news):
    """A score was entered: a bladder, cognition or misuse screen may be done."""
    judge_anew(patient=patient, site=site, by=by, at=at)
