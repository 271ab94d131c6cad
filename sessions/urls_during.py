"""Paths of what happens while it runs: line, emergency, doses so far, a longer infusion, handover, endings."""

from django.urls import path

from sessions.views import by_hand, emergencies, leaving, pump, running

OF_ONE = [
    ("line/", running.line_record, "line-record"),
    ("doses/", running.dose_totals, "dose-totals"),
    ("longer/", running.infusion_extend, "infusion-extend"),
    ("hand-over/", running.hand_over, "session-hand-over"),
    ("entries/<uuid:entry>/pump/", pump.pump_read, "pump-read"),
    ("orders/<uuid:order>/draw/", by_hand.drug_draw, "drug-draw"),
    ("standing/<uuid:standing>/draw/", by_hand.drug_draw_standing, "drug-draw-standing"),
    ("emergency/", emergencies.emergency, "emergency"),
    ("emergency/handover/", emergencies.emergency_handover, "emergency-handover"),
    ("emergency/reconcile/", emergencies.emergency_reconcile, "emergency-reconcile"),
    ("not-started/", leaving.not_started, "not-started"),
    ("against-advice/", leaving.against_advice, "against-advice"),
    ("against-advice/form/", leaving.against_advice_form, "against-advice-form"),
    ("transfer/", leaving.transfer, "session-transfer"),
    ("death/", leaving.death, "session-death"),
]

urlpatterns = [path(f"sessions/<uuid:pk>/{rest}", view, name=name) for rest, view, name in OF_ONE]
