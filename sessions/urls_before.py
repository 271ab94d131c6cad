"""Paths of what stands beside the steps before an infusion: PINs, equipment, decisions, last time, labels."""

from django.urls import path

from sessions.views import before, concerns, equipment, last_time, orders_due, pins

urlpatterns = [
    path("pin/", pins.pin_set, name="pin-set"),
    path("pin/remove/", pins.pin_remove, name="pin-remove"),
    path("equipment/", equipment.equipment_check, name="equipment-check"),
    path("orders/to-sign/", orders_due.cosign_list, name="cosign-list"),
    path("orders/<uuid:pk>/sign/", orders_due.order_sign, name="order-sign"),
    path("sessions/<uuid:pk>/last-time/", last_time.last_time, name="last-time"),
    path("sessions/<uuid:pk>/concerns/", concerns.concern_decide, name="concern-decide"),
    path("sessions/<uuid:pk>/preparations/<uuid:preparation>/label.pdf", before.label_pdf, name="label-pdf"),
]
