"""Paths of sign-ins: one's own, and those of the people an admin looks after."""

from django.urls import path

from clinic.views import sign_ins

urlpatterns = [
    path("sign-in/", sign_ins.own, name="sign-in-own"),
    path("sign-in/others/end/", sign_ins.session_end_others, name="session-end-others"),
    path("sign-in/<int:pk>/end/", sign_ins.session_end, name="session-end"),
    path("sign-in/browsers/<uuid:pk>/forget/", sign_ins.browser_forget, name="browser-forget"),
    path("people/<uuid:pk>/sign-in/", sign_ins.person_show, name="staff-sign-in"),
    path("people/<uuid:pk>/sign-in/<int:session>/end/", sign_ins.person_session_end, name="staff-session-end"),
    path("people/<uuid:pk>/sign-in/end-all/", sign_ins.person_sign_out, name="staff-sign-out"),
    path("people/<uuid:pk>/sign-in/reset/", sign_ins.person_reset, name="staff-reset"),
    path("people/<uuid:pk>/sign-in/lost/", sign_ins.person_lost, name="staff-lost"),
]
