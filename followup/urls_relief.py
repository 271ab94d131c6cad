"""Addresses of the clinic's report of relief."""

from django.urls import path

from followup.views import outcomes

urlpatterns = [
    path("reports/relief/", outcomes.show, name="report-relief"),
    path("reports/relief/run/", outcomes.run_state, name="report-relief-run"),
    path("reports/relief/now/", outcomes.work_out, name="report-relief-now"),
    path("reports/relief.csv", outcomes.table, name="report-relief-csv"),
    path("reports/relief.svg", outcomes.picture, name="report-relief-picture"),
]
