"""Addresses of boosters, long-term safety, help beside the infusions and progress letters."""

from django.urls import path

from followup.views import adjuncts, boosters, progress, safety

PROPOSAL = "courses/<uuid:pk>/proposals/<uuid:proposal_pk>"

urlpatterns = [
    path("boosters/", boosters.show_list, name="booster-list"),
    path(f"{PROPOSAL}/withdraw/", boosters.withdraw, name="proposal-withdraw"),
    path(f"{PROPOSAL}/reassess/", boosters.reassess, name="proposal-reassess"),
    path("courses/<uuid:pk>/asks/", boosters.note_request, name="booster-request"),
    path("safety/", safety.show_list, name="safety-list"),
    path("patients/<uuid:pk>/safety/", safety.show, name="patient-safety"),
    path("patients/<uuid:pk>/safety.csv", safety.results, name="safety-csv"),
    path("patients/<uuid:pk>/safety/ask/", safety.ask, name="safety-ask"),
    path("patients/<uuid:pk>/safety/<slug:code>/put-off/", safety.waive, name="safety-waive"),
    path("patients/<uuid:pk>/safety/<slug:code>/ask-again/", safety.lift, name="safety-lift"),
    path("courses/<uuid:pk>/adjuncts/", adjuncts.show, name="adjuncts"),
    path("adjuncts/<uuid:pk>/visits/", adjuncts.add_visit, name="adjunct-visit-add"),
    path("adjuncts/<uuid:pk>/state/", adjuncts.set_state, name="adjunct-state"),
    path("adjunct-visits/<uuid:pk>/", adjuncts.tell, name="adjunct-visit-tell"),
    path("courses/<uuid:pk>/progress/", progress.start, name="progress-start"),
    path("progress/<uuid:pk>/", progress.show, name="progress-letter"),
    path("progress/<uuid:pk>/preview/", progress.preview, name="progress-preview"),
    path("progress/<uuid:pk>/sign/", progress.sign, name="progress-sign"),
    path("progress/<uuid:pk>/sent/", progress.sent, name="progress-sent"),
    path("progress/<uuid:pk>/discard/", progress.discard, name="progress-discard"),
]
