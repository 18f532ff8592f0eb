"""TOML of people: read as it is, and no text of a few KB that takes gigabytes."""

import pytest

from carepass_cli.rules.toml import PARTS_MOST, parse_toml


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("\na" + ".a" * 50_000 + " = 1", "line 2"),
        ("[a" + ".a" * 50_000 + "]", "line 1"),
        ("x = {" + '"a b" . ' * 50_000 + "a = 1}", "line 1"),
        ("a = " + "[" * 100_000, "too deep"),
        ("a = " + "{a = " * 100_000, "too deep"),
        ("a = ", "end of document"),
    ],
)
def test_what_is_no_persons_is_refused(text: str, where: str) -> None:
    with pytest.raises(ValueError, match=where):
        parse_toml(text)


def test_keys_and_texts_of_people_are_read() -> None:
    text = (
        'a.b."c.d" = 1\n'
        + "[x"
        + ".x" * (PARTS_MOST - 1)
        + "]\n"
        + 'y = "'
        + "It is done. " * 200
        + "." * 500
        + '"'
    )
    assert parse_toml(text)["a"] == {"b": {"c.d": 1}}
