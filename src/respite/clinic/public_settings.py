"""What is otherwise where only the pages about ketamine are served, for anybody.

No database, no accounts, no sessions, no cookies: a record cannot be reached even where there is
one on this machine. These settings take the place of those of the same name.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

SECRET_KEY = secrets.token_urlsafe(50)
"""Signs nothing; there must be one."""

ROOT_URLCONF = "respite.clinic.public_urls"

INSTALLED_APPS = [
    "respite.clinic.knowledge",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "respite.clinic.page_context.every_page",
            ],
            "builtins": ["respite.clinic.accounts.templatetags.words"],
        },
    }
]

DATABASES: dict[str, Any] = {}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
TASKS: dict[str, Any] = {}
AUTHENTICATION_BACKENDS: list[str] = []
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
