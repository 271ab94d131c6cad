"""Addresses of the waiting list and its offers, of the patient's own page, of copies and calendars."""

from django.urls import path

from followup.views import feeds, home, offers, own_record, own_visits, waitlist

urlpatterns = [
    path("waitlist/", waitlist.show_list, name="waitlist"),
    path("waitlist/offer/", waitlist.offer_time, name="waitlist-offer"),
    path("waitlist/<uuid:pk>/leave/", waitlist.leave, name="waitlist-leave"),
    path("waitlist/times/<uuid:pk>/stop/", waitlist.stop, name="waitlist-stop"),
    path("patients/<uuid:pk>/wait/", waitlist.add, name="waitlist-add"),
    path("offer/", offers.show, name="offer"),
    path("offer/accept/", offers.accept, name="offer-accept"),
    path("offer/decline/", offers.decline, name="offer-decline"),
    path("my-visits/", own_visits.visits, name="visits"),
    path("my-visits/<uuid:pk>/yes/", own_visits.say_yes, name="own-visit-yes"),
    path("my-visits/<uuid:pk>/cancel/", own_visits.call_off, name="own-visit-cancel"),
    path("my-visits/<uuid:pk>/other-time/", own_visits.other_time, name="own-visit-other"),
    path("my-visits/<uuid:pk>/sooner/", own_visits.sooner, name="own-visit-sooner"),
    path("my-visits/<uuid:pk>/stop-waiting/", own_visits.stop_waiting, name="own-visit-stop-waiting"),
    path("my-visits/<uuid:pk>/visit.ics", own_visits.calendar, name="own-visit-calendar"),
    path("my/", home.show, name="home"),
    path("my/ask/", home.ask, name="home-ask"),
    path("my/ask/asked/", home.asked, name="home-asked"),
    path("my/go/<slug:name>/", home.go, name="home-go"),
    path("my/leave/", home.leave, name="home-leave"),
    path("patients/<uuid:pk>/own-page/", home.send, name="home-send"),
    path("my/diary/", home.diary, name="own-diary"),
    path("my/looks/", own_record.looks, name="own-looks"),
    path("my/record/", own_record.own, name="own-record"),
    path("my/record/<uuid:pk>/", own_record.own_file, name="own-record-file"),
    path("patients/<uuid:pk>/record/", own_record.show, name="patient-record"),
    path("records/<uuid:pk>/", own_record.file, name="record-file"),
    path("my-calendar/", feeds.show, name="calendar-feed"),
    path("my-calendar/end/", feeds.revoke, name="calendar-feed-end"),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
]
