"""E-mail addresses: which text is one, and which are one person's."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from carepass_cli.errors import InvalidValue
from carepass_cli.rules.address import ascii_domain, email_key, is_address
from carepass_cli.rules.fields import parse_email, parse_host


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a@b.ca", "a@b.ca"),
        (" Ana.Roy+care@Mail.Example.org ", "Ana.Roy+care@Mail.Example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("rene\u0301@example.org", "rené@example.org"),
        ("ana@foyer-érable.ca", "ana@foyer-érable.ca"),
        (f"ana@{'a' * 63}.ca", f"ana@{'a' * 63}.ca"),
        ("a" * 249 + "@b.ca", "a" * 249 + "@b.ca"),
    ],
)
def test_kept_as_written(text: str, kept: str) -> None:
    assert parse_email(text, "--email") == kept


@pytest.mark.parametrize(
    "text",
    [
        "ana",
        "ana@example",
        "@example.org",
        "ana@.org",
        "ana@example.",
        "ana@exam..ple.org",
        "ana@-x.ca",
        "ana@x-.ca",
        "ana@x_y.ca",
        "ana@é..ca",
        "ana@-é.ca",
        "ana@é-.ca",
        "ana@é_.ca",
        f"ana@{'a' * 64}.ca",
        f"ana@{'é' * 60}.ca",
        f"a@{'.'.join(['é' * 40] * 6)}.ca",
        ".ana@example.org",
        "ana.@example.org",
        "ana..roy@example.org",
        "ana@roy@example.org",
        "ana\uff20example.org",
        "ana@roy\uff20example.org",
        "ana roy@example.org",
        "ana\u3000roy@example.org",
        "ana@exam ple.org",
        "ana@example.o rg",
        "Ana <ana@example.org>",
        "ana@example.org,roy@example.org",
        "ana\uff0croy@example.org",
        "ana@example.org;roy",
        '"ana"@example.org',
        "ana(roy)@example.org",
        "ana@[127.0.0.1]",
    ],
)
def test_no_address(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_email(text, "--email")
    assert refused.value.message == f"--email '{text}' is not an e-mail address."
    assert refused.value.hint == "Write it as name@example.org."


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2060", "\u180e", "\U000e0041", "\ufe0f", "\u3164"])
@pytest.mark.parametrize("address", ["ja{}ne@example.org", "jane@exam{}ple.org", "jane@example.org{}"])
def test_what_nobody_sees_is_no_part_of_an_address(address: str, unseen: str) -> None:
    with pytest.raises(InvalidValue, match=rf"nobody sees \(U\+{ord(unseen):04X}\)"):
        parse_email(address.format(unseen), "--email")


def test_its_length_is_that_of_the_mail_standard() -> None:
    with pytest.raises(InvalidValue, match="has 255 characters; at most 254 are kept"):
        parse_email("a" * 250 + "@b.ca", "--email")


def test_a_line_break_cannot_smuggle_a_header() -> None:
    with pytest.raises(InvalidValue, match=r"control character \(U\+000D\)"):
        parse_email("a@b.ca\r\nBcc: c@d.ca", "--email")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jane@example.org", "Jane@Example.ORG"),
        ("jane@example.org", "ｊａｎｅ@ｅxample.org"),
        ("rené@example.org", "rene\u0301@example.org"),
        ("rené@example.org", "RENE\u0301@example.org"),
        ("ana@foyer-érable.ca", "ana@xn--foyer-rable-gbb.ca"),
        ("ana@foyer-érable.ca", "ana@FOYER-ÉRABLE.ca"),
        ("ana@foyer\u3002example.ca", "ana@foyer.example.ca"),
        ("strauß@straße.ca", "STRAUSS@strasse.ca"),
        ("ana@example.org", "  ana@example.org "),
    ],
)
def test_one_person(one: str, other: str) -> None:
    assert email_key(one) == email_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("rene@example.org", "rené@example.org"), ("ana@foyer-érable.ca", "ana@foyer-erable.ca")],
)
def test_accents_make_another_address(one: str, other: str) -> None:
    assert email_key(one) != email_key(other)


@given(
    st.text(st.characters(categories=["L", "N", "M"]), max_size=12), st.sampled_from(["é.ca", "bücher.ca"])
)
def test_a_key_is_its_own_key(local: str, domain: str) -> None:
    address = f"{local}@{domain}"
    assume(is_address(address))
    key = email_key(address)
    assert email_key(key) == key
    assert email_key(unicodedata.normalize("NFD", address)) == key


@given(st.text(max_size=12), st.sampled_from(["", "@", "@é", "@..", "@-é.ca"]))
def test_a_key_never_fails(text: str, rest: str) -> None:
    email_key(text + rest)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mail.maple.example", "mail.maple.example"),
        ("foyer-érable.ca", "xn--foyer-rable-gbb.ca"),
        ("[192.0.2.1]", "[192.0.2.1]"),
        ("[IPv6:2001:db8::1]", "[IPv6:2001:db8::1]"),
    ],
)
def test_a_host(text: str, kept: str) -> None:
    assert parse_host(text, "helo") == kept


@pytest.mark.parametrize("text", ["localhost", "a b.ca", "[a b]", "é..ca", "-x.ca", "mail.ca\r\nRSET", ""])
def test_no_host(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_host(text, "helo")


def test_a_domain_that_dns_cannot_have() -> None:
    assert ascii_domain("é..ca") == ""
