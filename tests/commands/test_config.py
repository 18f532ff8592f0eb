"""`carepass config`: the settings in force; a config file that cannot be; secrets."""

from pathlib import Path

import pytest

from tests.conftest import Carepass


@pytest.mark.on_file
def test_config_show_tells_where_each_setting_comes_from(
    carepass: Carepass, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "config" / "carepass"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('mail_from = "home@example.org"\nsmtp_password = "s3cret"\n')
    (folder / "config.toml").chmod(0o600)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("CAREPASS_SMTP", "smtp://localhost:25")
    ran = carepass("config", "show", "-o", "json")
    told = {row["name"]: (row["value"], row["source"]) for row in ran.json}
    assert list(ran.json[0]) == ["name", "value", "source"]
    assert told["db"] == (carepass.db, "flag")
    assert told["actor"] == ("tester", "flag")
    assert told["smtp"] == ("smtp://localhost:25", "environment")
    assert told["mail_from"] == ("home@example.org", "file")
    assert told["smtp_password"] == ("***", "file")
    assert told["smtp_password_file"] == (None, "default")
    assert "s3cret" not in ran.out
    path = carepass.rows("config", "path")
    assert list(path) == ["config", "store", "log"]
    assert (path["config"], path["store"]) == (str(folder / "config.toml"), carepass.db)
    (folder / "config.toml").write_text('output = "json"\n')
    assert carepass("home", "show", "nowhere", code=3).error["code"] == "not-found"
    assert carepass("home", "show", "nowhere", "-o", "csv", code=3).err.startswith("error: ")


@pytest.mark.parametrize("text", ['colour = "red"', "db = 5", "db = ", "\xff"])
def test_a_bad_config_file_is_a_usage_error(
    carepass: Carepass, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    (tmp_path / "carepass").mkdir()
    (tmp_path / "carepass" / "config.toml").write_bytes(text.encode("latin-1"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert "config.toml" in carepass("home", "list", code=2).err


@pytest.mark.on_file
def test_a_password_in_a_url_is_masked(carepass: Carepass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREPASS_SMTP", "smtp://me:s3cret@mail.example.org:587")
    carepass.db = "postgresql://me:s3cret@db.example.org/care"
    for call in (("config", "show"), ("config", "path")):
        ran = carepass(*call)
        assert "s3cret" not in ran.out + ran.err


@pytest.mark.on_file
@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("smtp", "smtp://me:s3cret@mail.example.org", "smtp://me:***@mail.example.org"),
        ("smtp", "me:s3cret@mail.example.org", "***"),
        ("smtp", "smtp:/me:s3cret@mail.example.org", "***"),
        ("db", "postgresql://me:s3cret@db.example.org/care", "postgresql://me:***@db.example.org/care"),
        ("smtp_password", "s3cret", "***"),
    ],
)
def test_a_secret_that_is_set_is_not_repeated(
    carepass: Carepass, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str, value: str, shown: str
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert carepass.rows("config", "set", key, value)["value"] == shown
    ran = carepass("config", "show", "-o", "json")
    assert "s3cret" not in ran.out + ran.err
    if key != "db":  # the store is named on the line
        assert {row["name"]: row["value"] for row in ran.json}[key] == shown


@pytest.mark.on_file
def test_a_setting_over_several_lines_is_left_to_the_person(
    carepass: Carepass, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "carepass").mkdir()
    (tmp_path / "carepass" / "config.toml").write_text('mail_from = """\na@example.org"""\n')
    assert "by hand" in carepass("config", "unset", "mail_from", code=2).err
