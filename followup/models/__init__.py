"""After the infusion: diary, relief, proposals, reminders. A reader's map of the top floor's tables."""

from followup.models.adjuncts import ADJUNCT_VISIT, REFERRAL, AdjunctReferral, AdjunctVisit
from followup.models.booster import PROPOSAL, BoosterProposal
from followup.models.calls import CallNote
from followup.models.diary import DiaryEntry, DiaryPlan
from followup.models.feeds import CalendarFeed
from followup.models.offers import FREED, OFFER, WAITING, FreedSlot, WaitlistEntry, WaitlistOffer
from followup.models.own_record import ARCHIVE, RecordArchive
from followup.models.progress import LetterSending, ProgressLetter
from followup.models.reassessment import BoosterRequest, Reassessment
from followup.models.relief import ClinicCurve, FollowUpContact, ReliefEpisode, WindowBackTest
from followup.models.relief_run import RELIEF_RUN, ReliefRun
from followup.models.reminders import ReminderPlan, ReminderRule
from followup.models.rounds import OpioidReport, QuestionRound
from followup.models.talks import DESK_TOPICS, TALK, Talk, TalkMessage

__all__ = [
    "ADJUNCT_VISIT",
    "ARCHIVE",
    "DESK_TOPICS",
    "FREED",
    "OFFER",
    "PROPOSAL",
    "REFERRAL",
    "RELIEF_RUN",
    "TALK",
    "WAITING",
    "AdjunctReferral",
    "AdjunctVisit",
    "BoosterProposal",
    "BoosterRequest",
    "CalendarFeed",
    "CallNote",
    "ClinicCurve",
    "DiaryEntry",
    "DiaryPlan",
    "FollowUpContact",
    "FreedSlot",
    "LetterSending",
    "OpioidReport",
    "ProgressLetter",
    "QuestionRound",
    "Reassessment",
    "RecordArchive",
    "ReliefEpisode",
    "ReliefRun",
    "ReminderPlan",
    "ReminderRule",
    "Talk",
    "TalkMessage",
    "WaitlistEntry",
    "WaitlistOffer",
    "WindowBackTest",
]
