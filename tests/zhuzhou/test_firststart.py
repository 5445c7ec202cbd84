"""The settings file of the first start: written once, private, and never over an operator's own."""

import stat

from zhuzhou import environment, firststart


def test_the_file_is_written_once_with_a_key_of_its_own(tmp_path):
    path = tmp_path / "var" / "settings.env"
    assert firststart.prepare(path)
    first = path.read_text("utf-8")
    assert not firststart.prepare(path)
    assert path.read_text("utf-8") == first
    values = environment.read_file(path)
    assert len(values["SECRET_KEY"]) > 60
    assert (values["HTTPS"], values["ALLOWED_HOSTS"]) == ("0", "127.0.0.1,localhost,[::1]")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_machines_have_two_keys(tmp_path):
    for name in "ab":
        firststart.prepare(tmp_path / name)
    keys = {environment.read_file(tmp_path / name)["SECRET_KEY"] for name in "ab"}
    assert len(keys) == 2


def test_an_operators_file_keeps_its_lines(tmp_path):
    path = tmp_path / "settings.env"
    path.write_text("COUNTY=渌口区\n", "utf-8")
    firststart.prepare(path)
    assert environment.read_file(path)["COUNTY"] == "渌口区"
    assert environment.read_file(path)["SECRET_KEY"]


def test_the_names_given_at_the_first_start_are_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("COUNTY", "清江县")
    firststart.prepare(tmp_path / "settings.env")
    monkeypatch.delenv("COUNTY")
    assert environment.read_file(tmp_path / "settings.env")["COUNTY"] == "清江县"
