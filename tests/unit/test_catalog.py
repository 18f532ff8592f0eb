"""What an own list may say of a micro-credential."""

import pytest

from carepass_cli.errors import InvalidValue
from carepass_cli.rules.catalog import parse_link


@pytest.mark.parametrize("text", ["https://example.org", "http://example.org/a?b=c#d"])
def test_a_web_address_is_kept_as_written(text: str) -> None:
    assert parse_link(text, "link") == text


@pytest.mark.parametrize(
    "text",
    ["example.org", "ftp://example.org", "https://", "https://a b.org", "http://[::1", "javascript:alert(1)"],
)
def test_anything_else_is_no_web_address(text: str) -> None:
    with pytest.raises(InvalidValue, match="is not a web address"):
        parse_link(text, "link")
