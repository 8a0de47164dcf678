"""The WSGI entry point, for any server; `b2b-docs serve` uses it with gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor_b2b_docs.config.settings")
application = get_wsgi_application()
