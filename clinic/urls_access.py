"""Paths of the clinic floor: who works here, emergency looks, and access to review."""

from django.urls import path

from clinic.views import access, glass

urlpatterns = [
    path("break-glass/", glass.open_look, name="glass-open"),
    path("break-glass/end/", glass.end_look, name="glass-end"),
    path("access/", access.show_list, name="access-list"),
    path("access/list.csv", access.as_csv, name="access-csv"),
    path("access/check/", access.check, name="access-check"),
    path("access/people/<uuid:pk>/end/", access.end, name="access-end"),
    path("access/reviews/", access.review_list, name="access-review-list"),
    path("access/reviews/<uuid:pk>/", access.review_show, name="access-review-show"),
    path("access/reviews/<uuid:pk>/take/", access.review_take, name="access-review-take"),
    path("access/reviews/<uuid:pk>/settle/", access.review_settle, name="access-review-settle"),
    path("access/reviews/<uuid:pk>/end-look/", access.review_end_look, name="access-review-end-look"),
]
