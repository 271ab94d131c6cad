"""Paths of the clinic floor: tasks, alerts and the outbox."""

from django.urls import path

from clinic.views import alerts, contact, outbox, sms, tasks, texts

urlpatterns = [
    path("tasks/", tasks.show_list, name="task-list"),
    path("tasks/<uuid:pk>/", tasks.show, name="task-show"),
    path("tasks/alerts/waiting/", alerts.strip, name="alert-strip"),
    path("tasks/alerts/<uuid:pk>/", alerts.show, name="alert-show"),
    path("tasks/alerts/<uuid:pk>/take/", alerts.take, name="alert-acknowledge"),
    path("tasks/alerts/<uuid:pk>/close/", alerts.close, name="alert-close"),
    path("outbox/", outbox.show_list, name="outbox"),
    path("outbox/again/", outbox.retry_all, name="message-retry-all"),
    path("outbox/texts/", texts.show_list, name="text-list"),
    path("outbox/texts/<str:kind>/", texts.show, name="text-show"),
    path("outbox/<uuid:pk>/", outbox.show, name="message-show"),
    path("patients/<uuid:pk>/messages/", contact.show, name="patient-messages"),
    path("patients/<uuid:pk>/messages/trust/", contact.trust, name="address-trust"),
    path("sms/in/", sms.take, name="sms-take"),
    path("sms/report/<uuid:pk>/", sms.report, name="sms-report"),
    path("outbox/<uuid:pk>/retry/", outbox.retry, name="message-retry"),
    path("outbox/<uuid:pk>/sent/", outbox.settle, {"went_out": True}, name="message-resolve"),
    path("outbox/<uuid:pk>/withdraw/", outbox.settle, {"went_out": False}, name="message-withdraw"),
]
