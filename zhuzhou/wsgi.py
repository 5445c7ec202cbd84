"""The door for a web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzhou.settings")
application = get_wsgi_application()
import_string("zhuzhou.safety.require_safe")()
import_string("kit.serving.load_pages")()
# What is loaded by now stays for good: the collector need not walk it, and workers parted from here keep sharing it.
gc.collect()
gc.freeze()
