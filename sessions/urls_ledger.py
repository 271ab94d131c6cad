"""Paths of the drug safe: containers, ledger, register, counts, the close of the day."""

from django.urls import path

from sessions.views import days, packs, papers, register, vials

urlpatterns = [
    path("vials/", vials.vial_list, name="vial-list"),
    path("vials/receive/", vials.vial_receive, name="vial-receive"),
    path("vials/differences/<uuid:pk>/", vials.difference_close, name="difference-close"),
    path("vials/<uuid:pk>/", vials.vial_show, name="vial-show"),
    path("vials/<uuid:pk>/waste/", vials.vial_waste, name="vial-waste"),
    path("vials/<uuid:pk>/return/", vials.vial_return, name="vial-return"),
    path("vials/<uuid:pk>/count/", vials.vial_count, name="vial-count"),
    path("vials/<uuid:pk>/move/", vials.vial_move, name="vial-move"),
    path("vials/count/", vials.count_all, name="count-all"),
    path("vials/counts/<uuid:pk>/", register.count_show, name="count-show"),
    path("vials/coming/<uuid:pk>/", vials.vial_take_in, name="vial-take-in"),
    path("vials/wastes/<uuid:pk>/correct/", vials.waste_correct, name="waste-correct"),
    path("register/", register.register_show, name="register-show"),
    path("register/register.csv", register.register_csv_file, name="register-csv"),
    path("register/register.pdf", register.register_pdf, name="register-pdf"),
    path("inventories/", register.inventory_list, name="inventory-list"),
    path("days/", days.day_list, name="day-list"),
    path("days/<str:day>/", days.day_show, name="day-show"),
    path("days/<str:day>/open-again/", days.day_reopen, name="day-reopen"),
    path("downtime/", packs.pack_list, name="pack-list"),
    path("downtime/make/", packs.pack_make, name="pack-make"),
    path("downtime/print/", packs.pack_print, name="pack-print"),
    path("downtime/<uuid:pk>.pdf", packs.pack_file, name="pack-file"),
    path("board/paper/<uuid:pk>/", papers.paper_arrive, name="paper-arrive"),
    path("sessions/<uuid:pk>/paper/", papers.paper_open, name="paper-open"),
    path("sessions/<uuid:pk>/paper/<uuid:paper>/", papers.paper_lines, name="paper-lines"),
    path("sessions/<uuid:pk>/paper/<uuid:paper>/end/", papers.paper_leave, name="paper-leave"),
    path("sessions/<uuid:pk>/paper/<uuid:paper>/sign/", papers.paper_sign, name="paper-sign"),
    path(
        "sessions/<uuid:pk>/preparations/<uuid:preparation>/waste/",
        vials.preparation_waste,
        name="preparation-waste",
    ),
]
