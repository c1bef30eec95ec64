# pyright: reportConstantRedefinition=false
"""Settings of the clinic, by the environment; see ``docs/reference/clinic-settings.md``.

Without any, it is a clinic on one laptop: SQLite, and nobody but this machine may call.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from respite.clinic.home import clinic_home, secret
from respite.clinic.mailing import email_settings

HERE = Path(__file__).parent

MODE = os.environ.get("RESPITE_CLINIC_MODE", "laptop")
"""``laptop``: this machine only; ``server``: behind TLS; ``demo``: invented patients only;
``public``: the pages about ketamine alone, without any record."""

IS_SERVER = MODE == "server"
IS_DEMO = MODE == "demo"
IS_PUBLIC = MODE == "public"

SECRET_KEY = secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("RESPITE_CLINIC_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if IS_SERVER else []
ROOT_URLCONF = "respite.clinic.urls"
WSGI_APPLICATION = "respite.clinic.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "respite.clinic.audit",
    "respite.clinic.accounts",
    "respite.clinic.patients",
    "respite.clinic.treatments",
    "respite.clinic.diaries",
    "respite.clinic.forecasts",
    "respite.clinic.surveillance",
    "respite.clinic.events",
    "respite.clinic.contact",
    "respite.clinic.letters",
    "respite.clinic.worklist",
    "respite.clinic.numbers",
    "respite.clinic.knowledge",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "respite.clinic.watching.requests.each_request",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "respite.clinic.accounts.middleware.idle_logout",
    "respite.clinic.accounts.middleware.two_ways_for_staff",
    "respite.clinic.accounts.middleware.clinic_clock",
    "respite.clinic.accounts.middleware.keep_no_copies",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "respite.clinic.page_context.every_page",
                "respite.clinic.counts_context.what_waits",
            ],
            "builtins": ["respite.clinic.accounts.templatetags.words"],
        },
    }
]

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{clinic_home() / 'clinic.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue from their first statement on, so that none fails half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # The same few questions are asked all day: the server need not plan them each time.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        server_side_binding=True, prepare_threshold=3
    )

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "clinic_cache",
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Who may sign in, and how

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["respite.clinic.accounts.backends.ClinicBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # pyright: ignore[reportArgumentType]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "respite.clinic.accounts.adapter.ClinicAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,30/15m/ip"}
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "respite.clinic.accounts.adapter.SecondWayAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Respite"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SERVER
IDLE_MINUTES = {"patient": 60, "staff": 15}
"""Minutes without a request after which somebody is signed out."""

ENTRIES_AT_MOST = {"minute": 120, "day": 600}
"""Diary entries that are taken from one patient; more than a month without a network needs."""

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "respite.clinic.pages.csrf_failed"

# What a browser may do

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if IS_SERVER:
    # The proxy says who calls; without this, everybody would share one count of failed sign-ins.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Words, times, files

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# E-mail: fixed sentences only, and nowhere into a log

CLINIC_ADDRESS = os.environ.get("RESPITE_CLINIC_ADDRESS") or (
    f"https://{ALLOWED_HOSTS[0]}/" if IS_SERVER else "http://localhost:8000/"
)
"""Where the pages are; the one link in every e-mail."""

globals().update(
    email_settings(
        os.environ.get("RESPITE_CLINIC_EMAIL", ""),
        os.environ.get("RESPITE_CLINIC_EMAIL_FROM", ""),
        clinic_home(),
        is_demo=IS_DEMO,
    )
)

LOG_LEVEL = os.environ.get("RESPITE_CLINIC_LOG", "INFO" if IS_SERVER else "WARNING").upper()
"""INFO adds a line for each request, by the name of its page."""

METRICS_TOKEN = os.environ.get("RESPITE_CLINIC_METRICS_TOKEN", "")
"""What a program that watches the clinic must bring to read its measures."""

COPIES = os.environ.get("RESPITE_CLINIC_COPIES", "")
"""The folder that a worker writes a verified copy into each day; none where it is empty."""

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "respite.clinic.bare_logs.BareFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "bare"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

if IS_PUBLIC:
    from respite.clinic.public_settings import *  # noqa: F403
