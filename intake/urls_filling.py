"""Paths of intake: staff fill in together with the patient; the patient says who helps."""

from django.urls import path

from intake.views import filling, helping

urlpatterns = [
    path("packet/helper/", helping.helper, name="packet-helper"),
    path("packet/helper/end/", helping.helper_end, name="packet-helper-end"),
    path("intake/packets/<uuid:pk>/fill/", filling.home, name="fill-home"),
    path("intake/packets/<uuid:pk>/fill/start/", filling.start, name="fill-start"),
    path("intake/packets/<uuid:pk>/fill/end/", filling.end, name="fill-end"),
    path("intake/packets/<uuid:pk>/fill/<slug:slug>/", filling.page, name="fill-page"),
    path("intake/packets/<uuid:pk>/fill/<slug:slug>/draft/", filling.draft, name="fill-draft"),
    path("intake/packets/<uuid:pk>/hand-over/", filling.hand_over, name="hand-over"),
    path(
        "intake/packets/<uuid:pk>/representatives/<uuid:speaker>/invite/",
        filling.invite_representative,
        name="representative-invite",
    ),
]
