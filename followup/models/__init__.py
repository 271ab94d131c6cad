"""After the infusion: diary, relief, proposals, reminders. A reader's map of the top floor's tables."""

from followup.models.booster import PROPOSAL, WAITING, BoosterProposal, WaitlistEntry
from followup.models.diary import DiaryEntry, DiaryPlan
from followup.models.relief import ClinicCurve, FollowUpContact, ReliefEpisode
from followup.models.reminders import ReminderPlan, ReminderRule

__all__ = [
    "PROPOSAL",
    "WAITING",
    "BoosterProposal",
    "ClinicCurve",
    "DiaryEntry",
    "DiaryPlan",
    "FollowUpContact",
    "ReliefEpisode",
    "ReminderPlan",
    "ReminderRule",
    "WaitlistEntry",
]
