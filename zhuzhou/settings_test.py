"""Settings of the test suite: the real ones, with a cheap password hash, files below a temporary folder, no local state."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="zhuzhou-test-", ignore_cleanup_errors=True)
os.environ.setdefault("ZHUZHOU_VAR", _folder.name)
os.environ.setdefault("SECRET_KEY", "only-for-the-test-suite-0123456789-abcdefghijklmnopqrstuvwxyz")
os.environ.setdefault("HTTPS", "0")

from zhuzhou.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_options = DATABASES["default"].setdefault("OPTIONS", {})  # noqa: F405
# A file, not memory: browser journeys are served by threads that need connections of their own. Nothing waits for the
# disk: no test's data outlives a loss of power.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_folder.name, "test.sqlite3")}  # noqa: F405
    _options["init_command"] = _options.get("init_command", "") + ";PRAGMA synchronous=OFF"
else:
    _options["options"] = _options.get("options", "") + " -c synchronous_commit=off"
# A server thread of a browser journey must not keep its session when its test is over.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "kit.storage.WholeStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["*"]
ZHUZHOU_TODAY = ""
# Every question that is asked by a kept statement is made by Django too, and both must be the same (.ci/run).
PROVE_STATEMENTS = os.environ.get("PROVE_STATEMENTS") == "1"
DEMO = False
