"""Paths of the clinic floor, by noun."""

from clinic.urls_doors import urlpatterns as doors
from clinic.urls_live import urlpatterns as live
from clinic.urls_look import urlpatterns as look
from clinic.urls_patients import urlpatterns as patients
from clinic.urls_work import urlpatterns as work

app_name = "clinic"

urlpatterns = [*doors, *look, *live, *patients, *work]
