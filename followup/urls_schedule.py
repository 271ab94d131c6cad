"""Addresses of the schedule: its live fragment, gaps, moves, seats, late arrivals, series, absences."""

from django.urls import path

from followup.views import away, booking, placing, schedule, seating, series, shifts

urlpatterns = [
    path("schedule/", schedule.show, name="schedule"),
    path("schedule/fragment/", schedule.fragment, name="schedule-fragment"),
    path("schedule/gap/", placing.gap, name="gap-show"),
    path("schedule/hours/", shifts.show_list, name="shift-list"),
    path("schedule/hours/<uuid:pk>/", shifts.show, name="shift-show"),
    path("schedule/hours/<uuid:pk>/week/", shifts.set_week, name="shift-set"),
    path("schedule/hours/<uuid:pk>/day/", shifts.note_day, name="shift-day"),
    path("schedule/hours/days/<uuid:pk>/call-off/", shifts.call_off, name="shift-call-off"),
    path("schedule/hours/<uuid:pk>/visits/<uuid:visit_pk>/cover/", shifts.cover, name="shift-cover"),
    path("schedule/away/", away.show, name="away"),
    path("schedule/away/close-day/", away.close, name="day-close"),
    path("schedule/closed-days/<uuid:pk>/open/", away.open_again, name="day-open"),
    path("schedule/absences/<uuid:pk>/call-off/", away.call_off, name="absence-call-off"),
    path("schedule/absences/<uuid:pk>/visits/<uuid:visit_pk>/cover/", away.cover, name="absence-cover"),
    path("visits/<uuid:pk>/place/", placing.place, name="visit-place"),
    path("visits/<uuid:pk>/undo-move/", placing.undo, name="visit-undo-move"),
    path("visits/<uuid:pk>/seat/", seating.seat, name="visit-seat"),
    path("visits/<uuid:pk>/late/", seating.come_late, name="visit-late"),
    path("patients/<uuid:pk>/let-go/", booking.let_go, name="slot-let-go"),
    path("courses/<uuid:pk>/dates/", series.show, name="series-show"),
    path("courses/<uuid:pk>/dates/cancel/", series.cancel_rest, name="series-cancel"),
    path("courses/<uuid:pk>/dates/renumber/", series.renumber, name="series-renumber"),
]
