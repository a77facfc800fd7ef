"""The WSGI door that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercomplaints.settings")
application = get_wsgi_application()

# Each page is read in here, before anybody waits: else the first request of each process would wait
# for it, a second or two long.
get_resolver().url_patterns  # noqa: B018  Asking is what reads them.
