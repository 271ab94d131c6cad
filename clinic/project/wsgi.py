"""Pages: the WSGI application, served by granian."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from clinic.project import errors
from clinic.project.refuse import refuse_demo_data
from clinic.project.warm import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.project.settings.production")

application = get_wsgi_application()
if not settings.TIDELINE_DEVELOPMENT:
    refuse_demo_data()
errors.start("pages")
warm()
