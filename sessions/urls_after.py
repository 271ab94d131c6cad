"""Paths of what comes after the infusion: going home, adverse events, sessions side by side, the record's proof."""

from django.urls import path

from sessions.views import adverse, beside, going_home, record

OF_ONE = [
    ("escort/", going_home.escort_note, "escort-note"),
    ("escort/gone/", going_home.escort_gone, "escort-gone"),
    ("aftercare/", going_home.aftercare_give, "aftercare-give"),
    ("aftercare/print/", going_home.aftercare_print, "aftercare-print"),
    ("aftercare/<uuid:given>/", going_home.aftercare_show, "aftercare-show"),
    ("discharge/ask/", going_home.discharge_ask, "discharge-ask"),
    ("discharge/allow/", going_home.discharge_allow, "discharge-allow"),
    ("compare/", beside.session_compare, "session-compare"),
    ("record/check/", record.record_check, "record-check"),
]
OF_AN_EVENT = [
    ("", adverse.event_show, "event-show"),
    ("follow-up/", adverse.event_follow_up, "event-follow-up"),
    ("report/", adverse.report_edit, "report-edit"),
    ("report/begin/", adverse.report_begin, "report-begin"),
    ("report/print/", adverse.report_print, "report-print"),
]

urlpatterns = [
    path("going-home/<uuid:pk>/", going_home.discharge_decide, name="discharge-decide"),
    path("adverse-events/", adverse.event_list, name="event-list"),
    *(path(f"adverse-events/<uuid:pk>/{rest}", view, name=name) for rest, view, name in OF_AN_EVENT),
    *(path(f"sessions/<uuid:pk>/{rest}", view, name=name) for rest, view, name in OF_ONE),
]
