"""The very first start: a settings file of this machine's own, written before Django asks for its secret key."""

import os
import secrets
from pathlib import Path

from zhuzhou.environment import read_file

HEAD = """\
# 首次启动时生成，各项含义见 README.md。改动后重新启动即生效；环境变量优先于本文件。
# 正式使用请配好 HTTPS 后删除 HTTPS=0 一行，并把 ALLOWED_HOSTS 改为实际域名。
"""


def prepare(path):
    """The file, or its missing secret key; say whether anything was written."""
    if read_file(path).get("SECRET_KEY"):
        return False
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    names = [f"{name}={os.environ[name]}" for name in ("COUNTY", "SITE_NAME") if os.environ.get(name)]
    lines = [*names, f"SECRET_KEY={secrets.token_urlsafe(50)}", "HTTPS=0", "ALLOWED_HOSTS=127.0.0.1,localhost,[::1]"]
    old = path.read_text("utf-8") if path.exists() else HEAD
    path.touch(mode=0o600)
    path.write_text(old + "\n".join(lines) + "\n", "utf-8")
    return True
