"""Paths of what patients tell between visits: diary, questionnaires, messages; and of the calls of staff."""

from django.urls import path

from followup.views import calls, diary, diary_staff, own_talks, rounds, scores, talks

urlpatterns = [
    path("diary/", diary.entry, name="diary-entry"),
    path("diary/done/", diary.done, name="diary-done"),
    path("diary/entries/<uuid:pk>/", diary.show, name="diary-show"),
    path("courses/<uuid:pk>/diary/", diary_staff.show_list, name="diary-list"),
    path("courses/<uuid:pk>/diary/tell/", diary_staff.tell, name="diary-tell"),
    path("courses/<uuid:pk>/diary/stop/", diary_staff.stop, name="diary-stop"),
    path("courses/<uuid:pk>/diary/resume/", diary_staff.resume, name="diary-resume"),
    path("check-up/", rounds.home, name="checkup"),
    path("check-up/done/", rounds.done, name="checkup-done"),
    path("check-up/<slug:slug>/", rounds.page, name="checkup-page"),
    path("courses/<uuid:pk>/scores/", scores.show, name="scores"),
    path("courses/<uuid:pk>/scores/ask/", scores.ask, name="round-ask"),
    path("rounds/<uuid:pk>/", scores.show_round, name="round-show"),
    path("contacts/<uuid:pk>/", calls.contact, name="contact-show"),
    path("patients/<uuid:pk>/calls/", calls.log, name="call-list"),
    path("patients/<uuid:pk>/write/", talks.start, name="talk-start"),
    path("inbox/", talks.inbox, name="inbox"),
    path("inbox/<uuid:pk>/", talks.show, name="talk-show"),
    path("inbox/<uuid:pk>/hand-over/", talks.hand_over, name="talk-hand-over"),
    path("inbox/<uuid:pk>/close/", talks.close, name="talk-close"),
    path("my-messages/", own_talks.home, name="own-talks"),
    path("my-messages/new/", own_talks.write, name="own-talk-new"),
    path("my-messages/<uuid:pk>/", own_talks.show, name="own-talk"),
]
