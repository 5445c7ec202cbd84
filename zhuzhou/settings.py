"""Settings of the application; every value an operator may change is read from the environment.

The names and their meaning stand in README.md. Without any, SQLite below ``var/`` is used; without a secret key and with
debug off the application does not start.
"""

import datetime

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from zhuzhou.environment import BASE_DIR, Environment, keep_private, settings_file, var_dir

VAR_DIR = var_dir()
keep_private(VAR_DIR)
SETTINGS_FILE = settings_file()
env = Environment(SETTINGS_FILE)

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY") or ("debug-only-key-never-for-real-use-" * 2 if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is missing: set it in the environment, or run 'make run' once.")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

# The business clock: empty is the real clock, a day (2015-10-20) is that day with the real time of day.
ZHUZHOU_TODAY = env.text("ZHUZHOU_TODAY")
if ZHUZHOU_TODAY:
    ZHUZHOU_TODAY = datetime.date.fromisoformat(ZHUZHOU_TODAY)
# Written by demo_year beside the day: every page then says that the figures are examples.
DEMO = env.flag("DEMO_DATA")

SITE_NAME = env.text("SITE_NAME", "年度任务督办平台")
COUNTY = env.text("COUNTY")

INSTALLED_APPS = [
    "kit",
    "units",
    "tasks",
    "reports",
    "supervision",
    "portal",
    "zhuzhou.apps.TechnicalAdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
]

MIDDLEWARE = [
    "kit.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "units.middleware.KeepingLoginMiddleware",
    "units.middleware.GateMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "zhuzhou.urls"
WSGI_APPLICATION = "zhuzhou.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["kit.templatetags.plain"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "kit.widgets.DrawingRenderer"

# One database: PostgreSQL when DATABASE_URL names it, else SQLite that survives parallel writers.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR_DIR / "db.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
    },
}
DATABASES = {"default": SQLITE}
if env.text("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(env.text("DATABASE_URL"), conn_max_age=None, conn_health_checks=True)}
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):
        options = DATABASES["default"].setdefault("OPTIONS", {})
        # Compiling a statement (jit) takes PostgreSQL up to 0.2 s each time; none of ours runs that long.
        options.setdefault("options", "-c statement_timeout=15000 -c jit=off")
        options.setdefault("connect_timeout", 5)
else:
    DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and sessions
AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "units.backends.PersonBackend"]
PASSWORD_HASHERS = ["units.hashers.CountyArgon2Hasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
PASSWORD_DAYS = env.number("PASSWORD_DAYS", 90)
PASSWORD_HISTORY = env.number("PASSWORD_HISTORY", 5)
PASSWORD_KINDS = env.number("PASSWORD_KINDS", 3)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": env.number("PASSWORD_LENGTH", 10)},
    },
    {"NAME": "units.passwords.KindsValidator"},
    {"NAME": "units.passwords.HistoryValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * env.number("SESSION_IDLE_MINUTES", 60)
SESSION_LONGEST_HOURS = env.number("SESSION_LONGEST_HOURS", 12)
SESSION_SAVE_EVERY_REQUEST = False  # units.middleware renews it once a minute, not at every request
SESSION_COOKIE_SAMESITE = "Lax"
AXES_HANDLER = "units.backends.AddressHandler"
AXES_USERNAME_CALLABLE = "units.backends.counted_name"
AXES_FAILURE_LIMIT = 5
# A whole county office may stand behind one address; what people mistype and then get right no longer counts.
SIGNIN_FAILURES_PER_ADDRESS = env.number("SIGNIN_FAILURES_PER_ADDRESS", 50)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or a stranger could keep an office out for good
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "units.views.signin.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # attempts to sign in are no rows to be edited
AXES_CLIENT_IP_CALLABLE = "units.backends.client_address"
TRUSTED_PROXY_HEADER = env.text("TRUSTED_PROXY_HEADER")

# Transport and headers
HTTPS = env.flag("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS and not DEBUG
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if HTTPS else ("session", "csrf")
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "units.views.signin.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

# Files
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "kit.storage.WholeStorage"},
    "staticfiles": {
        "BACKEND": "kit.staticfiles.RememberingStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

# Messages out: in-app always, mail only when a host is named.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
# Seconds for each answer: a busy server takes half a minute to greet. Nobody waits for it (units.actions.sending).
EMAIL_TIMEOUT = 60
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "noreply@localhost")

# One outgoing webhook beside the inbox: the address of a group's robot, which of its languages (wecom, dingtalk, feishu, plain),
# and where this system is reached, for links. The address holds the robot's key.
WEBHOOK_URL = env.text("WEBHOOK_URL")
WEBHOOK_KIND = env.text("WEBHOOK_KIND", "plain")
SITE_URL = env.text("SITE_URL").rstrip("/")

# What one process remembers, another does not know to have ended (docs/decisions.md): no cache, sessions in the database.
# Kept statements (kit/statements) are compared with Django's own only where the suite asks for it.
PROVE_STATEMENTS = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
