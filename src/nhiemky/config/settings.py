"""Django settings: one workspace folder (key, and the database unless NHIEMKY_DATABASE names one) from
NHIEMKY_WORKSPACE, served on loopback by whitenoise."""

import os
from pathlib import Path

from nhiemky.config.database import VARIABLE, databases
from nhiemky.config.keys import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
WORKSPACE = Path(os.environ.get("NHIEMKY_WORKSPACE") or "workspace").absolute()

DEBUG = False
SECRET_KEY = secret_key(WORKSPACE)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "nhiemky.register",
    "nhiemky.ui",
    "nhiemky.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "nhiemky.config.headers.SecureHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nhiemky.config.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "nhiemky.config.urls"
WSGI_APPLICATION = "nhiemky.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = databases(os.environ.get(VARIABLE, ""), WORKSPACE)

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "nhiemky.config.formats"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
# Figures are written by nhiemky.values.figures; localising all numbers in templates would break ids (1.234).
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # assets lie in the package: no collectstatic step, so none can be forgotten
WHITENOISE_AUTOREFRESH = False

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_NAME = "nhiemky_session"
CSRF_COOKIE_NAME = "nhiemky_csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",  # Bootstrap draws its marks as data: images
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

UPLOAD_MAX_BYTES = 64 * 1024 * 1024  # as much as `sources` reads of a file
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_MAX_BYTES  # pasted text; files are checked at their field

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"store": {"()": "nhiemky.config.logs.TroubleInOneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["store"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
