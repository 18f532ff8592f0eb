"""Categories by length and delivery, at their edges."""

import pytest

from carepass_cli.rules.category import category, category_fits

HOURS = 60


@pytest.mark.parametrize(
    ("minutes", "method", "said", "word"),
    [
        (1, None, None, "badge"),
        (15 * HOURS, "self-paced", None, "badge"),
        (15 * HOURS, "instructor-led", "college-certificate", "badge"),
        (15 * HOURS + 1, "instructor-led", None, "certificate-of-training"),
        (15 * HOURS + 1, "self-paced", None, "unclassified"),
        (15 * HOURS + 1, "blended", "certificate-of-training", "unclassified"),
        (15 * HOURS + 1, None, None, "unclassified"),
        (100 * HOURS - 1, "instructor-led", "college-certificate", "certificate-of-training"),
        (100 * HOURS, "instructor-led", None, "certificate-of-training"),
        (100 * HOURS, "instructor-led", "certificate-of-training", "certificate-of-training"),
        (100 * HOURS, "instructor-led", "college-certificate", "college-certificate"),
        (100 * HOURS, "online", "college-certificate", "unclassified"),
        (100 * HOURS + 1, "instructor-led", None, "college-certificate"),
        (100 * HOURS + 1, "instructor-led", "certificate-of-training", "college-certificate"),
    ],
)
def test_category(minutes: int, method: str | None, said: str | None, word: str) -> None:
    assert category(minutes, method, said) == word


def test_what_a_person_says_must_fit() -> None:
    exactly = 100 * HOURS
    assert category_fits(exactly, "instructor-led", "college-certificate")
    assert category_fits(exactly, "instructor-led", "certificate-of-training")
    assert not category_fits(exactly, "instructor-led", "badge")
    assert not category_fits(exactly, "online", "college-certificate")
    assert not category_fits(exactly - 1, "instructor-led", "college-certificate")
