"""Paths of the followup floor: records that may be one person."""

from django.urls import path

from followup.views import duplicates

urlpatterns = [
    path("patients/duplicates/", duplicates.show_list, name="duplicate-list"),
    path("patients/duplicates/<uuid:one>/<uuid:two>/", duplicates.compare, name="duplicate-compare"),
    path("patients/duplicates/<uuid:one>/<uuid:two>/note/", duplicates.note, name="duplicate-note"),
    path("patients/duplicates/<uuid:one>/<uuid:two>/merge/", duplicates.merge, name="duplicate-merge"),
    path("patients/merges/<uuid:pk>/", duplicates.merge_show, name="merge-show"),
]
