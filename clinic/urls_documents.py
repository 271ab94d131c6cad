"""Paths of the clinic floor: documents and corrections of the record, for staff and for the patient."""

from django.urls import path

from clinic.views import amendments, documents

urlpatterns = [
    path("documents/<uuid:pk>/", documents.show, name="document-show"),
    path("my-documents/", documents.show_list, name="document-list"),
    path("my-documents/<uuid:pk>/", documents.mine, name="document-mine"),
    path("my-corrections/", amendments.own_list, name="amendment-own-list"),
    path("my-corrections/ask/", amendments.own_ask, name="amendment-own-ask"),
    path("my-corrections/<uuid:pk>/", amendments.own_show, name="amendment-own"),
    path("my-corrections/<uuid:pk>/withdraw/", amendments.own_withdraw, name="amendment-own-withdraw"),
    path("corrections/", amendments.show_list, name="amendment-list"),
    path("corrections/<uuid:pk>/", amendments.show, name="amendment-show"),
    path("corrections/<uuid:pk>/decide/", amendments.decide, name="amendment-decide"),
    path("corrections/<uuid:pk>/extend/", amendments.extend, name="amendment-extend"),
    path("corrections/<uuid:pk>/disagree/", amendments.disagree, name="amendment-disagree"),
    path("corrections/<uuid:pk>/rebut/", amendments.rebut, name="amendment-rebut"),
    path("patients/<uuid:pk>/corrections/add/", amendments.add, name="amendment-add"),
]
