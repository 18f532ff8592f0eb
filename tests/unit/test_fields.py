"""What a value may look like."""

from collections.abc import Callable
from datetime import date

import pytest

from carepass_cli.errors import InvalidValue
from carepass_cli.rules import fields


def refusal(parse: Callable[..., object], *given: object, **limits: object) -> tuple[str, str]:
    """Message and hint with which a value is refused."""
    with pytest.raises(InvalidValue) as refused:
        parse(*given, **limits)
    return refused.value.message, refused.value.hint


class TestCleanText:
    def test_it_is_trimmed_and_composed(self) -> None:
        assert fields.clean_text("  He\u0301le\u0300ne  Roy ", "--first-name") == "Hélène  Roy"

    @pytest.mark.parametrize(
        ("text", "point"),
        [
            ("a\x00b", "U+0000"),
            ("a\nb", "U+000A"),
            ("a\n", "U+000A"),
            ("\x1b[31mred", "U+001B"),
            ("a\x7f", "U+007F"),
            ("a\x9bm", "U+009B"),
            ("\u061cb", "U+061C"),
            ("a\u200fb", "U+200F"),
            ("a\u2028b", "U+2028"),
            ("a\u202eb", "U+202E"),
            ("a\u2069b", "U+2069"),
            ("\ufeffa", "U+FEFF"),
            ("a\udcffb", "U+DCFF"),
            ("a\ud800b", "U+D800"),
        ],
    )
    def test_control_characters_are_refused_by_number(self, text: str, point: str) -> None:
        assert refusal(fields.clean_text, text, "--title") == (
            f"--title holds a control character ({point}).",
            "Write it as one line of plain text.",
        )

    def test_it_may_not_be_empty_unless_said_so(self) -> None:
        assert refusal(fields.clean_text, " ", "--name") == ("--name is empty.", "Give it a value.")
        assert fields.clean_text(" ", "--name", empty=True) == ""

    def test_its_length_counts_after_trimming(self) -> None:
        assert fields.clean_text(f" {'x' * 100} ", "--name") == "x" * 100
        assert refusal(fields.clean_text, "x" * 101, "--name") == (
            "--name has 101 characters; at most 100 are kept.",
            "Shorten it.",
        )
        assert fields.clean_text("x" * 101, "--title", most=101) == "x" * 101


class TestDate:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("1900-01-01", date(1900, 1, 1)),
            ("2024-02-29", date(2024, 2, 29)),
            ("2199-12-31", date(2199, 12, 31)),
        ],
    )
    def test_iso(self, text: str, day: date) -> None:
        assert fields.parse_date(text, "--on") == day

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "03/04/2026",
            "20261121",
            "2026-W47-6",
            "2026-325",
            "2026-1-2",
            "2025-02-29",
            "2026-11-21T00:00",
            " 2026-11-21",
            "x" * 41,
            "2026-11-21\n",
            "２０２６-11-21",
        ],
    )
    def test_nothing_else_is_a_date(self, text: str) -> None:
        assert refusal(fields.parse_date, text, "--on") == (
            f"--on '{text[:40]}' is not a date.",
            "Write dates as 2026-11-21.",
        )

    @pytest.mark.parametrize("text", ["1899-12-31", "2200-01-01", "0001-01-01", "9999-12-31"])
    def test_slips_of_the_finger(self, text: str) -> None:
        assert refusal(fields.parse_date, text, "--on") == (
            f"--on {text} is out of range.",
            "Dates go from 1900 to 2199.",
        )


class TestBirthdate:
    def test_iso(self) -> None:
        assert fields.parse_birthdate("1990-05-17", "--birthdate") == date(1990, 5, 17)

    @pytest.mark.parametrize("text", ["17/05/1990", "1990-17-05", "1090-05-17"])
    def test_a_slip_is_not_repeated(self, text: str) -> None:
        assert refusal(fields.parse_birthdate, text, "--birthdate") == (
            "--birthdate is not a date.",
            "Write dates as 2026-11-21; they go from 1900 to 2199.",
        )


class TestCodes:
    @pytest.mark.parametrize(
        "text", ["a", "7", "maple-grove", "psw2", "a--b", "a" * 60, "a" + "-" * 58 + "b"]
    )
    def test_codes_of_homes_and_roles(self, text: str) -> None:
        assert fields.parse_code(text, "HOME") == text

    @pytest.mark.parametrize(
        "text", ["", "-", "-a", "a-", "Maple", "a_b", "a b", "a\n", "é", "a" * 61, "a" + "-" * 59 + "b"]
    )
    def test_no_codes_of_homes_and_roles(self, text: str) -> None:
        assert refusal(fields.parse_code, text, "HOME") == (
            f"HOME '{text[:60]}' is not a code.",
            "Use lower-case letters, digits and '-', as in maple-grove.",
        )

    @pytest.mark.parametrize("text", ["A", "7", "IPAC-101", "ltc_1.2", "A..-", "A" * 40])
    def test_codes_of_courses(self, text: str) -> None:
        assert fields.parse_course_code(text, "CODE") == text

    @pytest.mark.parametrize("text", ["", "-A", ".A", "A B", "A/B", "A\n", "É", "A" * 41, "A" * 61])
    def test_no_codes_of_courses(self, text: str) -> None:
        assert refusal(fields.parse_course_code, text, "CODE") == (
            f"CODE '{text[:60]}' is not a course code.",
            "Use letters, digits, '-', '_' and '.', as in IPAC-101.",
        )

    @pytest.mark.parametrize("text", ["0000", "1000", "10000", "0123456789"])
    def test_portal_ids_are_text(self, text: str) -> None:
        assert fields.parse_portal_id(text, "--portal-id") == text

    @pytest.mark.parametrize("text", ["", "999", "01234567890", "12a4", " 1000", "1000\n", "١٠٠٠", "1" * 41])
    def test_no_portal_ids(self, text: str) -> None:
        assert refusal(fields.parse_portal_id, text, "--portal-id") == (
            f"--portal-id '{text[:40]}' is not a portal ID.",
            "A portal ID has four digits or more.",
        )


class TestNumbers:
    def test_limits_are_inclusive(self) -> None:
        assert fields.parse_int("1", "--minutes", least=1, most=90) == 1
        assert fields.parse_int("090", "--minutes", least=1, most=90) == 90
        assert fields.parse_int("999999999", "--minutes", least=1, most=10**9) == 999_999_999

    @pytest.mark.parametrize("text", ["", "0", "91", "-1", "+1", "1.0", " 1", "1\n", "1_0", "٣", "1" * 41])
    def test_no_whole_number_within_them(self, text: str) -> None:
        assert refusal(fields.parse_int, text, "--minutes", least=1, most=90) == (
            f"--minutes '{text[:40]}' is not a whole number from 1 to 90.",
            "Write it in digits.",
        )

    @pytest.mark.parametrize(
        ("text", "cents"),
        [("0", 0), ("45", 4500), ("45.5", 4550), ("45.05", 4505), ("0.29", 29), ("9999999.99", 999_999_999)],
    )
    def test_prices_are_cents(self, text: str, cents: int) -> None:
        assert fields.parse_price(text, "--price") == cents

    @pytest.mark.parametrize(
        "text",
        ["", "$45", "45,00", "-1", "45.", ".45", "1.005", "1e3", "NaN", "12345678", "٤٥", "45\n", "x" * 41],
    )
    def test_no_price(self, text: str) -> None:
        assert refusal(fields.parse_price, text, "--price") == (
            f"--price '{text[:40]}' is not a price.",
            "Write it as 45.00.",
        )

    def test_the_text_of_a_price(self) -> None:
        assert fields.price_text(4505) == "45.05"
        assert fields.price_text(0) == "0.00"
        assert fields.price_text(None) is None


class TestExpiry:
    @pytest.mark.parametrize(
        ("text", "years"),
        [
            ("", None),
            (" ", None),
            ("once", None),
            ("annual", 1),
            ("Annual ", 1),
            ("1 years", 1),
            ("1 YEAR", 1),
            ("1y", 1),
            ("1yr", 1),
            ("2 yrs", 2),
            ("3", 3),
            ("50 years", 50),
        ],
    )
    def test_as_the_portal_and_as_people_write_it(self, text: str, years: int | None) -> None:
        assert fields.parse_expiry(text, "expiry") == years

    @pytest.mark.parametrize(
        "text", ["0 years", "51 years", "100y", "-1y", "never", "1 month", "1.5 years", "٣ years", "x" * 41]
    )
    def test_no_expiry(self, text: str) -> None:
        assert refusal(fields.parse_expiry, text, "expiry") == (
            f"expiry '{text[:40]}' is not an expiry.",
            "Leave it blank for once only, or write '1 years'.",
        )

    def test_it_is_told_in_the_portal_s_words(self) -> None:
        assert fields.expiry_text(None) == ""
        assert fields.expiry_text(1) == "1 years"
        assert fields.expiry_text(3) == "3 years"


class TestWords:
    @pytest.mark.parametrize("text", ["true", "True", "YES", "y", "1", " yes "])
    def test_true(self, text: str) -> None:
        assert fields.parse_bool(text, "employer_pays") is True

    @pytest.mark.parametrize("text", ["false", "False", "NO", "n", "0", " no "])
    def test_false(self, text: str) -> None:
        assert fields.parse_bool(text, "employer_pays") is False

    @pytest.mark.parametrize("text", ["", "maybe", "2", "on", "x" * 41])
    def test_neither(self, text: str) -> None:
        assert refusal(fields.parse_bool, text, "employer_pays") == (
            f"employer_pays '{text[:40]}' is neither true nor false.",
            "Write true or false.",
        )

    def test_a_choice_is_written_exactly(self) -> None:
        assert fields.parse_choice("fr", "--language", ("en", "fr")) == "fr"
        for text in ("FR", "", "x" * 41):
            assert refusal(fields.parse_choice, text, "--language", ("en", "fr")) == (
                f"--language '{text[:40]}' is not known.",
                "Use one of: en, fr.",
            )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Roy", "roy"),
        ("Hélène", "helene"),
        ("E\u0301", "e"),
        ("Weiß", "weiss"),
        ("Ｆｕｌｌ", "full"),
        ("", ""),
    ],
)
def test_folded(text: str, plain: str) -> None:
    assert fields.folded(text) == plain


@pytest.mark.parametrize("text", ["completion", "expiry", "01-01", "02-29", "12-31"])
def test_what_a_validity_counts_from(text: str) -> None:
    assert fields.parse_renewal(text, "--renewal") == text


@pytest.mark.parametrize("text", ["", "Expiry", "02-30", "13-01", "2-9", "03-31 ", "2026-03-31", "٠١-٠١"])
def test_nothing_else_does(text: str) -> None:
    with pytest.raises(InvalidValue, match="--renewal"):
        fields.parse_renewal(text, "--renewal")
