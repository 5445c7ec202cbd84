"""Where settings come from: the environment wins over the file; an absent file is an empty one."""

import stat

from zhuzhou.environment import Environment, keep_private, read_file, settings_file


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    path = tmp_path / "settings.env"
    path.write_text(
        "# 说明=不是设置\nCOUNTY = 渌口区\nHTTPS=0\nPASSWORD_DAYS=30\nALLOWED_HOSTS=a.gov.cn, b.gov.cn,\n", "utf-8"
    )
    monkeypatch.setenv("PASSWORD_DAYS", "60")
    monkeypatch.delenv("HTTPS", raising=False)
    env = Environment(path)
    assert (env.text("COUNTY"), env.flag("HTTPS", default=True), env.number("PASSWORD_DAYS", 90)) == (
        "渌口区",
        False,
        60,
    )
    assert env.words("ALLOWED_HOSTS") == ["a.gov.cn", "b.gov.cn"]
    assert "# 说明" not in env.values


def test_what_nobody_set_has_its_default(tmp_path):
    assert read_file(tmp_path / "none") == {}
    env = Environment(tmp_path / "none")
    assert (env.text("NOBODY_SET_THIS", "x"), env.flag("NOBODY_SET_THIS"), env.words("NOBODY_SET_THIS")) == (
        "x",
        False,
        [],
    )


def test_the_folder_may_lie_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHUZHOU_VAR", str(tmp_path / "data"))
    assert settings_file() == tmp_path / "data" / "settings.env"


def test_only_its_owner_reads_the_folder(tmp_path):
    folder = tmp_path / "var"
    (folder / "media").mkdir(parents=True, mode=0o755)
    for name in ("db.sqlite3", "media/a.pdf"):
        (folder / name).touch()
        (folder / name).chmod(0o644)
    folder.chmod(0o755)
    keep_private(folder)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}
    assert modes == {"var": 0o700, "media": 0o700, "a.pdf": 0o600, "db.sqlite3": 0o600}
    (folder / "settings.env").touch(mode=0o666)
    assert stat.S_IMODE((folder / "settings.env").stat().st_mode) == 0o600


def test_a_place_shared_by_all_stays_as_it_is(tmp_path):
    tmp_path.chmod(0o1777)
    keep_private(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
