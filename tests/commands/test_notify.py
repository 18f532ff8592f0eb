"""`carepass notify list` and `show`: the outbox."""

import pytest

from tests.commands.conftest import AT
from tests.conftest import Carepass, assign, person, token_of

MESSAGE_KEYS = ["id", "kind", "to", "subject", "queued_on", "sent_on", "status"]


def test_the_outbox_has_its_keys(home: Carepass) -> None:
    person(home)
    assign(home, "1000")
    rows = home.rows("notify", "list")
    assert [list(row) for row in rows] == [MESSAGE_KEYS] * 2
    assert [(row["id"], row["kind"], row["status"], row["sent_on"]) for row in rows] == [
        (1, "confirm-account", "queued", None), (2, "confirm-role", "queued", None),
    ]  # fmt: skip
    shown = home.rows("notify", "show", "2")
    assert list(shown) == [*MESSAGE_KEYS, "body"]
    assert {key: shown[key] for key in MESSAGE_KEYS} == rows[1]
    assert "Maple Grove" in shown["subject"]
    assert "2026-12-05" in shown["body"]
    assert "carepass role confirm" in home("notify", "show", "2").out


def test_mail_is_in_the_person_s_language(home: Carepass) -> None:
    person(home, "Ana", "Roy", "ana@example.org", "--language", "fr")
    assert "courriel" in home.rows("notify", "show", "1")["subject"]


def test_the_outbox_as_of_a_day(home: Carepass) -> None:
    person(home)
    assign(home, "1000")
    home("role", "cancel", "1000", *AT, today="2026-11-25")
    assert home.rows("notify", "list", today="2026-11-20") == []
    home("notify", "show", "1", today="2026-11-20", code=3)
    told = [home.rows("notify", "show", "2", today=day)["status"] for day in ("2026-11-24", "2026-11-25")]
    assert told == ["queued", "cancelled"]


@pytest.mark.parametrize(("named", "exit_code"), [("9", 3), ("x", 2), ("-1", 2), ("²", 2), ("9" * 30, 2)])
def test_messages_are_numbers(carepass: Carepass, named: str, exit_code: int) -> None:
    carepass("notify", "show", "--", named, code=exit_code)


def test_confirm_tokens_are_only_in_the_mail(home: Carepass) -> None:
    person(home)
    assign(home, "1000")
    tokens = [token_of(home, 1), token_of(home, 2)]
    for read in (("audit", "list"), ("notify", "list"), ("role", "assignments"), ("account", "show", "1000")):
        out = home(*read, "-o", "json").out
        assert not any(token in out for token in tokens)
