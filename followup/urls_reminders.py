"""Addresses of the rules of reminders."""

from django.urls import path

from followup.views import reminders

urlpatterns = [
    path("reminders/", reminders.show_list, name="reminder-list"),
    path("reminders/add/", reminders.add, name="reminder-add"),
    path("reminders/<uuid:pk>/change/", reminders.change, name="reminder-change"),
    path("reminders/<uuid:pk>/switch/", reminders.switch, name="reminder-switch"),
]
