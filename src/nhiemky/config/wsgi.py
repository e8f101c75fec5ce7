"""The WSGI application that granian serves (`nhiemky serve`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhiemky.config.settings")
application = get_wsgi_application()
