"""The categories of micro-credentials by length and delivery, as Canadore College names them.

Source: Canadore College, "Microcredentials at Canadore College", 19 November 2020: a badge has up to 15
hours; a certificate of training up to 100 hours, instructor-led; a college certificate may be as low
as 100 hours, instructor-led. Exactly 100 hours fits two: it is a certificate of training unless the
person says otherwise.
"""

from typing import Literal, get_args

BADGE_MINUTES = 15 * 60
CERTIFICATE_MINUTES = 100 * 60
Category = Literal["badge", "certificate-of-training", "college-certificate", "unclassified"]
CATEGORIES: tuple[str, ...] = get_args(Category)
# How a course is taught.
Method = Literal["self-paced", "instructor-led", "online", "blended", "face-to-face"]
METHODS: tuple[str, ...] = get_args(Method)


def category(minutes: int, method: str | None, said: str | None = None) -> str:
    """The category of a course of `minutes`; `said` decides only where two categories fit."""
    if minutes <= BADGE_MINUTES:
        return "badge"
    if method != "instructor-led":
        return "unclassified"
    if minutes == CERTIFICATE_MINUTES and said == "college-certificate":
        return "college-certificate"
    return "certificate-of-training" if minutes <= CERTIFICATE_MINUTES else "college-certificate"


def category_fits(minutes: int, method: str | None, said: str) -> bool:
    """Whether a person may say that a course of these facts is `said`."""
    return category(minutes, method, said) == said
