"""URLs of servers: no password is shown, however it is written, and everybody reads the same."""

import pytest

from carepass_cli.store.location import server_url, shown_location


@pytest.mark.parametrize(
    "secret", ["sEcret", "s/Ecret", "s#Ecret", "s?Ecret", "s@Ecret", "12/Ecret", "s:E?a=b"]
)
@pytest.mark.parametrize(
    "shape", ["postgresql://me:{}@h/db", "smtp://me:{}@h:587", "postgres://me:{}@h:1,i:2/db"]
)
def test_no_password_is_shown_whatever_is_in_it(shape: str, secret: str) -> None:
    assert shown_location(shape.format(secret)) == shape.format("***")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "postgresql://h/db?user=me&password=x&sslpassword=y",
            "postgresql://h/db?user=me&password=***&sslpassword=***",
        ),
        ("postgresql://h:5432/db?options=-c%20a", "postgresql://h:5432/db?options=***"),
        ("postgresql://me@/db?host=/run/pg", "postgresql://me@/db?host=/run/pg"),
        ("postgresql://[::1]:5432/db", "postgresql://[::1]:5432/db"),
        ("postgresql://h/db?application_name=a@b", "postgresql://h/db?application_name=a@b"),
        ("smtp://me@h:25?starttls=never", "smtp://me@h:25?starttls=never"),
        ("/data/a?password=x.db", "/data/a?password=x.db"),
    ],
)
def test_what_is_known_to_be_no_secret_is_shown(url: str, shown: str) -> None:
    assert shown_location(url) == shown


@pytest.mark.parametrize("password", ["s/E", "s#E", "s?E", "s@E", "100%", "a b", "é"])
def test_libpq_reads_what_was_written(password: str) -> None:
    conninfo = pytest.importorskip("psycopg.conninfo")
    url = server_url(f"postgresql://me:{password}@a:1,b:2/db?sslmode=require")
    read = conninfo.conninfo_to_dict(url.replace("+psycopg", "", 1))
    assert (read["user"], read["password"], read["host"], read["port"], read["dbname"], read["sslmode"]) == (
        "me", password, "a,b", "1,2", "db", "require",
    )  # fmt: skip
