"""Paths of the clinic floor: tasks, alerts and the outbox."""

from django.urls import path

from clinic.views import outbox, tasks

urlpatterns = [
    path("tasks/", tasks.show_list, name="task-list"),
    path("tasks/<uuid:pk>/", tasks.show, name="task-show"),
    path("tasks/alerts/<uuid:pk>/take/", tasks.take_alert, name="alert-acknowledge"),
    path("tasks/alerts/<uuid:pk>/close/", tasks.close_alert, name="alert-close"),
    path("outbox/", outbox.show_list, name="outbox"),
    path("outbox/<uuid:pk>/retry/", outbox.retry, name="message-retry"),
    path("outbox/<uuid:pk>/sent/", outbox.settle, {"went_out": True}, name="message-resolve"),
    path("outbox/<uuid:pk>/withdraw/", outbox.settle, {"went_out": False}, name="message-withdraw"),
]
