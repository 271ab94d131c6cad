"""Paths beside a packet: corrections, letters, questions sent back (both sides). Part of intake.urls."""

from django.urls import path

from intake.views import beside, letters, questions_back

urlpatterns = [
    path("questions/", questions_back.home, name="questions-home"),
    path("questions/sent/", questions_back.sent, name="questions-sent"),
    path("questions/earlier/", questions_back.earlier, name="questions-earlier"),
    path("questions/<slug:slug>/", questions_back.page, name="questions-page"),
    path("questions/<slug:slug>/draft/", questions_back.draft, name="questions-draft"),
    path("intake/<uuid:pk>/correct/<slug:slug>/", beside.correct, name="page-correct"),
    path("intake/<uuid:pk>/note/<slug:slug>/", beside.note, name="page-note"),
    path("intake/corrections/<uuid:pk>/take-back/", beside.take_back, name="correction-take-back"),
    path("intake/<uuid:pk>/verify/", beside.verify, name="statements-verify"),
    path("intake/<uuid:pk>/ask/", beside.ask, name="questions-ask"),
    path("intake/<uuid:pk>/hold/", beside.hold, name="packet-hold"),
    path("intake/questions/<uuid:pk>/remind/", beside.remind, name="questions-remind"),
    path("intake/questions/<uuid:pk>/withdraw/", beside.withdraw_request, name="questions-withdraw"),
    path("intake/assessments/<uuid:pk>/letters/<slug:audience>/", letters.draft, name="letter-draft"),
    path("intake/letters/<uuid:pk>/", letters.show, name="letter-show"),
    path("intake/letters/<uuid:pk>/preview/", letters.preview, name="letter-preview"),
    path("intake/letters/<uuid:pk>/send/", letters.send, name="letter-send"),
]
