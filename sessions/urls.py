"""Paths of the sessions floor."""

from django.urls import include, path

from sessions.urls_board import urlpatterns as board_urls
from sessions.urls_ledger import urlpatterns as ledger_urls
from sessions.views import after, before, board, events, here, monitors, offline, orders, pump, sheet, vitals

app_name = "sessions"

OF_ONE = [
    ("", sheet.session_show, "session-show"),
    ("fragment/", sheet.session_fragment, "session-fragment"),
    ("ticket/", here.session_ticket, "session-ticket"),
    ("record/", sheet.record_show, "record-show"),
    ("record.pdf", sheet.record_pdf, "record-pdf"),
    ("checklist/", before.checklist, "checklist"),
    ("gates/<slug:gate>/", before.gate_override, "gate-override"),
    ("weight/", before.weight_record, "weight-record"),
    ("vitals/", vitals.vitals_record, "vitals-record"),
    ("limits/", vitals.limit_set, "limit-set"),
    ("monitor/fragment/", monitors.monitor_fragment, "monitor-fragment"),
    ("monitor/accept/", monitors.monitor_accept, "monitor-accept"),
    ("dose/", before.dose_order, "dose-order"),
    ("prepare/", before.preparation_make, "preparation-make"),
    ("preparations/<uuid:preparation>/label/", before.preparation_label, "preparation-label"),
    ("second-check/", before.second_check, "second-check"),
    ("start/", before.session_start, "session-start"),
    ("prescriber/", before.prescriber_name, "prescriber-name"),
    ("chair/", before.chair_move, "chair-move"),
    ("pause/", pump.drug_pause, "drug-pause"),
    ("stop/", pump.drug_stop, "drug-stop"),
    ("resume/", pump.drug_resume, "drug-resume"),
    ("rate/", pump.drug_rate, "drug-rate"),
    ("bolus/", pump.drug_bolus, "drug-bolus"),
    ("syringe/", pump.drug_syringe, "drug-syringe"),
    ("orders/", orders.order_list, "order-list"),
    ("orders/write/", orders.order_write, "order-write"),
    ("orders/verbal/", orders.order_verbal, "order-verbal"),
    ("orders/<uuid:order>/give/", orders.drug_give, "drug-give"),
    ("orders/<uuid:order>/co-sign/", orders.order_cosign, "order-cosign"),
    ("orders/<uuid:order>/end/", orders.order_end, "order-end"),
    ("standing/<uuid:standing>/give/", orders.drug_give_standing, "drug-give-standing"),
    ("oxygen/", orders.oxygen_record, "oxygen-record"),
    ("fluid/", orders.fluid_record, "fluid-record"),
    ("events/", events.event_choose, "event-choose"),
    ("side-effect/", events.side_effect_record, "side-effect-record"),
    ("note/", events.note_record, "note-record"),
    ("alarms/<uuid:alarm>/", board.alarm_answer, "alarm-answer"),
    ("replay/", offline.replay, "replay"),
    ("held/<uuid:held>/", offline.held_settle, "held-settle"),
    ("held/<uuid:held>/record/", offline.held_record, "held-record"),
    ("held/<uuid:held>/set-aside/", offline.held_set_aside, "held-set-aside"),
    ("entries/<uuid:entry>/correct/", events.entry_correct, "entry-correct"),
    ("entries/<uuid:entry>/strike/", events.entry_strike, "entry-strike"),
    ("entries/<uuid:entry>/move/", events.entry_move, "entry-move"),
    ("score/", after.score_record, "score-record"),
    ("discharge/", after.discharge, "discharge"),
    ("sign/", after.chart_sign, "chart-sign"),
    ("addendum/", after.addendum_add, "addendum-add"),
]

urlpatterns = [
    path("sessions/worker.js", offline.worker, name="offline-worker"),
    path("sessions/offline/", offline.shell, name="offline-shell"),
    path("sessions/replay/ready/", offline.replay_ready, name="replay-ready"),
    *board_urls,
    *ledger_urls,
    path("monitors/", monitors.device_list, name="device-list"),
    path("monitors/looked-at/", monitors.monitor_look, name="monitor-look"),
    path("monitors/<uuid:pk>/confirm/", monitors.device_confirm, name="device-confirm"),
    path("monitors/<uuid:pk>/retire/", monitors.device_retire, name="device-retire"),
    path("sessions/<uuid:pk>/", include([path(rest, view, name=name) for rest, view, name in OF_ONE])),
    path("", include("sessions.urls_before")),
    path("", include("sessions.urls_during")),
    path("", include("sessions.urls_lock")),
    path("", include("sessions.urls_after")),
]
