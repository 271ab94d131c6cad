"""Paths of the rules of eligibility, and of what they found since an approval. Part of intake.urls."""

from django.urls import path

from intake.views import eligibility, new_findings

urlpatterns = [
    path("intake/rules/", eligibility.show_list, name="rule-list"),
    path("intake/rules/<slug:code>/", eligibility.show, name="rule-show"),
    path("patients/<uuid:pk>/findings/", new_findings.show, name="patient-findings"),
    path("patients/<uuid:pk>/findings/settle/", new_findings.settle, name="new-findings-settle"),
]
