"""Paths of the clinic floor, by noun."""

from clinic.urls_access import urlpatterns as access
from clinic.urls_documents import urlpatterns as documents
from clinic.urls_doors import urlpatterns as doors
from clinic.urls_live import urlpatterns as live
from clinic.urls_look import urlpatterns as look
from clinic.urls_patients import urlpatterns as patients
from clinic.urls_sign_in import urlpatterns as sign_in
from clinic.urls_tests import urlpatterns as tests
from clinic.urls_trust import urlpatterns as trust
from clinic.urls_work import urlpatterns as work

app_name = "clinic"

urlpatterns = [*access, *documents, *doors, *look, *live, *sign_in, *tests, *patients, *trust, *work]
