"""The clinic as any web server for Python runs it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "respite.clinic.settings")

application = get_wsgi_application()
