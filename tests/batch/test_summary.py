"""What a batch came to."""

from carepass_cli.batch.summary import RowError, Summary
from carepass_cli.errors import InvalidValue, NotFound


def test_a_summary_prints_the_keys_of_the_contract_in_order() -> None:
    summary = Summary(created=2, unchanged=1, change=7, errors=[RowError(3, "not-found", "There is none.")])
    assert summary.failed == 1
    assert list(summary.as_dict().items()) == [
        ("created", 2),
        ("updated", 0),
        ("unchanged", 1),
        ("failed", 1),
        ("dry_run", False),
        ("change", 7),
        ("errors", [{"line": 3, "error": "not-found", "message": "There is none."}]),
        ("skipped", 0),
        ("warnings", []),
    ]


def test_a_summary_of_nothing_has_no_change() -> None:
    assert Summary(dry_run=True).as_dict()["change"] is None


def test_a_row_error_says_the_fact_and_then_what_to_do() -> None:
    error = RowError.of(4, NotFound("home", "maple-grov", ("maple-grove",)))
    assert error == RowError(4, "not-found", "There is no home 'maple-grov'. Did you mean maple-grove?")
    said = RowError.of(4, NotFound("role", "Infirmière", at="maple-grove")).message
    assert said.endswith(
        "carepass role list. If the file's word stands for one: --value 'role:Infirmière=CODE'"
    )
    assert "--value" not in RowError.of(4, NotFound("account", "1000")).message
    assert RowError.of(5, InvalidValue("It is wrong.")) == RowError(5, "invalid-value", "It is wrong.")


def test_a_person_is_told_one_reason_once() -> None:
    bad = [RowError(line, "invalid-value", "birthdate is not a date.") for line in (2, 3, 4, 6, 8, 9)]
    summary = Summary(errors=[*bad, RowError(7, "not-found", "There is none.")])
    assert summary.as_told()["errors"] == [
        {"lines": "2-4, 6, 8-9", "error": "invalid-value", "message": "birthdate is not a date."},
        {"line": "7", "error": "not-found", "message": "There is none."},
    ]
    assert len(summary.as_dict()["errors"]) == 7  # type: ignore[arg-type]
    assert "more" not in summary.as_told(2)
    told = summary.as_told(1)
    assert [each["error"] for each in told["errors"]] == ["invalid-value"]  # type: ignore[attr-defined]
    assert str(told["more"]).startswith("1 other error; ")
