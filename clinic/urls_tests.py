"""Paths of the clinic floor: required tests and their results."""

from django.urls import path

from clinic.views import required_tests

urlpatterns = [
    path("tests/", required_tests.show_list, name="test-list"),
    path("tests/<uuid:pk>/", required_tests.show, name="test-show"),
    path("tests/<uuid:pk>/enter/", required_tests.enter, name="test-enter"),
    path("tests/<uuid:pk>/attach/", required_tests.attach, name="test-attach"),
    path("tests/<uuid:pk>/cancel/", required_tests.cancel, name="test-cancel"),
    path("tests/<uuid:pk>/read/", required_tests.verify, name="test-read"),
    path("tests/results/<uuid:pk>/correct/", required_tests.correct, name="result-correct"),
    path("tests/results/<uuid:pk>/strike/", required_tests.strike, name="result-strike"),
    path("patients/<uuid:pk>/tests/", required_tests.patient_tests, name="patient-tests"),
    path("patients/<uuid:pk>/tests/ask/", required_tests.ask, name="test-ask"),
    path("patients/<uuid:pk>/tests/<slug:code>/", required_tests.bring, name="test-bring"),
]
