"""Where settings come from: the environment wins over the file; an absent file is an empty one."""

from zhuzhou.environment import Environment, read_file, settings_file


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
