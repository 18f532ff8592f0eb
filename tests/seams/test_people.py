"""Who may be one person is not made twice without a word."""

import pytest

from tests.conftest import Carepass

MADE = ("account", "create", "--birthdate", "1990-05-17")


@pytest.mark.parametrize("gone", [False, True])
def test_somebody_with_the_same_names_and_birthdate(carepass: Carepass, gone: bool) -> None:
    carepass(*MADE, "--first-name", "Hélène", "--last-name", "Roy", "--email", "h@example.org")
    if gone:
        carepass("account", "deactivate", "1000", "--reason", "left")
    again = (*MADE, "--first-name", "HELENE", "--last-name", "roy", "--email", "helene@example.org")
    ran = carepass(*again, "-o", "json", code=4)
    assert ran.error["code"] == "possible-duplicate"
    assert "1000" in ran.error["message"] + ran.error["hint"]
    assert carepass(*again, "--allow-duplicate", "-o", "json").json["portal_id"] == "1001"


@pytest.mark.parametrize("other", [("Hélène", "Roi", "1990-05-17"), ("Hélène", "Roy", "1990-05-18")])
def test_another_person(carepass: Carepass, other: tuple[str, str, str]) -> None:
    carepass(*MADE, "--first-name", "Hélène", "--last-name", "Roy", "--email", "h@example.org")
    first, last, born = other
    carepass("account", "create", "--first-name", first, "--last-name", last, "--birthdate", born,
             "--email", "helene@example.org")  # fmt: skip


def test_a_number_is_never_given_to_somebody_else(carepass: Carepass) -> None:
    """Nothing of the person whose account was undone is found under the next one."""
    carepass(*MADE, "--first-name", "Bo", "--last-name", "Roy", "--email", "bo@example.org")
    carepass("audit", "undo", "--last", "--yes")
    made = (*MADE, "--first-name", "Di", "--last-name", "Lee", "--email", "di@example.org", "-o", "json")
    number = carepass(*made).json["portal_id"]
    assert number != "1000"
    for line in (("account", "export", number), ("audit", "list", "--account", number)):
        assert "bo@example.org" not in carepass(*line, "-o", "json").out
