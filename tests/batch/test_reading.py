"""How a file is read: what columns are called, what texts stand for, names, rows left out, profiles."""

from collections.abc import Callable
from pathlib import Path

import pytest

from carepass_cli.batch.columns import Columns, Layout
from carepass_cli.batch.names import split_name
from carepass_cli.batch.profiles import Saving, load_profile, profile_text
from carepass_cli.batch.reading import Reading, read_options
from carepass_cli.batch.synonyms import SYNONYMS, columns_of, fold_header
from carepass_cli.errors import CarepassError, NotFound, UsageError
from carepass_cli.shipped.profiles import shipped_profiles

PEOPLE = Columns(
    ("portal_id", "employee_number", "email", "first_name", "last_name", "birthdate", "role", "start_on"),
    either=(("portal_id", "employee_number", "email"),),
)
RECORDS = Columns(("portal_id", "email", "code", "title", "completed_on"), by_course=True)


def taken(found: object, *names: str) -> list[tuple[str, ...]]:
    layout = found.source.layout  # type: ignore[attr-defined]
    places = [layout.known.index(name) for name in names]
    return [tuple(values[place] for place in places) for _, values in found.rows]  # type: ignore[attr-defined]


def test_no_synonym_stands_for_two_columns_nor_for_another_columns_name() -> None:
    folded = [fold_header(each) for names in SYNONYMS.values() for each in names]
    assert len(folded) == len(set(folded)) == len(columns_of())
    own = {fold_header(name): name for name in SYNONYMS}
    assert all(own.get(each, column) == column for each, column in columns_of().items())


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("EMPLOYEE_NUMBER", "employee_number"),
        ("Employee #", "employee_number"),
        ("Numéro d’employé", "employee_number"),
        ("work-email", "email"),
        ("Courriel", "email"),
        ("D.O.B.", "birthdate"),
        ("date DE naissance", "birthdate"),
        ("Prenom", "first_name"),
        ("Job Title", "role"),
        ("Hire Date", "start_on"),
    ],
)
def test_headers_are_known_without_case_spaces_and_marks(read: Callable, header: str, column: str) -> None:
    key = "" if column == "email" else ",email"
    found = read(f"{header}{key}\nx,ana@example.org\n", columns=PEOPLE)
    assert found.source.layout.meant[0] == column


def test_map_says_what_a_column_is_and_leaves_others_aside(read: Callable) -> None:
    found = read(
        "No.,E-mail,Notes,Shift\n0012,ana@example.org,x,N\n",
        columns=PEOPLE,
        map=("no=employee_number", "Notes=", "shift ="),
    )
    assert taken(found, "employee_number", "email") == [("0012", "ana@example.org")]
    assert read("email,Shoe\na@x.org,7\n", columns=PEOPLE, ignore_unknown=True).rows


@pytest.mark.parametrize(
    ("options", "message", "code"),
    [
        ({"map": ["Nothing=email"]}, "the file has no such column", "missing-column"),
        ({"map": ["Notes=emial"]}, "'emial' is not a column", "unknown-column"),
        ({"map": ["Notes"]}, "is not of the form", "usage"),
        ({"map": ["=email"]}, "is not of the form", "usage"),
        ({"map": ["Notes=", "Notes=role"]}, "says two things about 'Notes'", "given-twice"),
        ({"map": ["Notes=email"]}, "'email' and 'Notes' would both be email", "duplicate-column"),
        ({"value": ["rôle:PSW=psw"], "map": ["Notes="]}, "'rôle' is not a column", "unknown-column"),
        ({"value": ["role=psw"]}, "is not of the form", "usage"),
        ({"value": ["role:A=b", "role:A=c"]}, "says two things", "given-twice"),
        ({"date_format": "md"}, "--date-format 'md'", "invalid-value"),
        ({"encoding": "rot13"}, "--encoding 'rot13'", "invalid-value"),
        ({"encoding": "klingon"}, "--encoding 'klingon'", "invalid-value"),
        ({"encoding": "ascii", "map": ["Notes="]}, "this is not ascii", "unusable-file"),
        ({"sheet": "Staff", "map": ["Notes="]}, "--sheet does not apply", "usage"),
        ({"value": ["status:A=Active"], "map": ["Notes="]}, "'status' is not a column", "unknown-column"),
        ({"value": ["role:A=psw"], "map": ["Notes="]}, "the file has no column role", "missing-column"),
        ({"skip_lines": 7}, "nothing but blank lines after the first 7", "unusable-file"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(
    read: Callable, options: dict, message: str, code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read("email,Notes\nana@example.org,é\n", columns=PEOPLE, **options)
    assert message in caught.value.message
    assert (caught.value.code, caught.value.exit_code) == (code, 2)


def test_values_stand_for_texts_whatever_their_case(read: Callable) -> None:
    found = read(
        "email,Position\na@x.org,PERSONAL support worker\nb@x.org,rn\nc@x.org,A=B:C\n",
        columns=PEOPLE,
        value=["role:Personal Support Worker=psw", "role:A=B:C=rn"],
    )
    assert taken(found, "role") == [("psw",), ("rn",), ("rn",)]


def test_a_value_may_stand_for_a_word_in_a_column_of_days(read: Callable) -> None:
    found = read(
        "email,Hire Date\na@x.org,unknown\nb@x.org,2026-01-02\n", columns=PEOPLE, value=["start_on:unknown="]
    )
    assert taken(found, "start_on") == [("",), ("2026-01-02",)]


@pytest.mark.parametrize(
    ("text", "order", "name"),
    [
        ("Exemplo, Ana", "last-first", ("Ana", "Exemplo")),
        ("van Dyk, Mary Ann", "last-first", ("Mary Ann", "van Dyk")),
        ("Exemplo, Ana (12)", "first-last", ("Ana", "Exemplo")),
        ("Ana Exemplo (12)", "first-last", ("Ana", "Exemplo")),
        ("Ana  Exemplo", "first-last", ("Ana", "Exemplo")),
        ("Ana Exemplo", "last-first", None),
        ("Ana van Dyk", "first-last", None),
        ("Ana", "first-last", None),
        ("Exemplo, Ana, RN", "last-first", None),
        (", Ana", "last-first", None),
    ],
)
def test_one_name_is_split_only_where_there_is_one_way(text: str, order: str, name: tuple | None) -> None:
    if name:
        assert split_name(text, order) == name  # type: ignore[arg-type]
    else:
        with pytest.raises(UsageError, match="name '"):
            split_name(text, order)  # type: ignore[arg-type]


def test_a_column_of_names_fills_both_and_a_value_settles_one(read: Callable) -> None:
    found = read(
        "Worker,Employee ID\nAna Exemplo (12),0012\nAna van Dyk (13),0013\n,0014\n",
        columns=PEOPLE,
        name_order="first-last",
        value=["name:Ana van Dyk (13)=van Dyk, Ana"],
    )
    assert taken(found, "first_name", "last_name") == [("Ana", "Exemplo"), ("Ana", "van Dyk"), ("", "")]
    with pytest.raises(UsageError, match="would fill last_name"):
        read("Worker,Employee ID,Surname\nA B,1,C\n", columns=PEOPLE)


def test_all_faults_of_a_row_come_at_once_and_bad_values_are_blank(read: Callable) -> None:
    found = read("Name,email,DOB,Hire Date\nAna,a@x.org,1.2.1990,soon\n", columns=PEOPLE)
    assert found.rows == []
    assert [error.message.split()[0] for error, _ in found.refused] == ["name", "birthdate", "start_on"]
    assert "1990" not in "".join(error.message for error, _ in found.refused)
    assert {values for _, values in found.refused} == {("", "", "a@x.org", "", "", "", "", "")}


def test_lines_above_the_header_are_left_out_and_counted(read: Callable) -> None:
    text = 'Staff "list\nPrinted,2026\n,,\nemail,Role\na@x.org,psw\nTotal: 1,\n'
    found = read(text, columns=PEOPLE, skip_lines=3)
    assert [line for line, _ in found.rows] == [5, 6]
    rejects = "email,Role,line,error,message\r\na@x.org,psw,5,x,y\r\n"
    assert [line for line, _ in read(rejects, columns=PEOPLE, skip_lines=3).rows] == [2]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp850", "utf-16-le", "mac_roman"])
def test_an_encoding_with_a_mark_or_a_name_is_read(read: Callable, encoding: str) -> None:
    marked = encoding in ("utf-16", "utf-8-sig")
    content = "email\tNom\r\na@x.org\tHélène\r\n".encode(encoding)
    found = read(content, columns=PEOPLE, encoding=None if marked else encoding)
    assert taken(found, "last_name") == [("Hélène",)]
    assert found.said == []


@pytest.mark.parametrize("cell", ["Hel\ufffdne", "O&#39;Brien", "A &amp; B"])
def test_text_that_was_damaged_before_is_refused(read: Callable, cell: str) -> None:
    found = read(f"email,Nom\na@x.org,{cell}\nb@x.org,A & B\n", columns=PEOPLE)
    assert len(found.rows) == 1
    assert [error.error for error, _ in found.refused] == ["damaged-text"]


def test_a_number_in_the_form_that_keeps_zeros_is_a_number(read: Callable) -> None:
    found = read('Employee #,Nom\n="0012","=""A"""\n', columns=PEOPLE)
    assert taken(found, "employee_number", "last_name") == [("0012", "A")]


def test_a_column_a_course_is_a_row_for_each(read: Callable) -> None:
    text = (
        "Email address,WHMIS,WHMIS - Completion date,Privacy,Privacy - Completion date\n"
        "a@x.org,Completed,3 March 2026,Not completed,\n"
        "b@x.org,Completed (did not achieve pass grade),4 March 2026,Passed,soon\n"
    )
    found = read(text, columns=RECORDS, value=["code:Privacy=PRIVACY"])
    assert taken(found, "code", "completed_on") == [("WHMIS", "2026-03-03"), ("PRIVACY", ""), ("WHMIS", "")]
    assert [(error.line, error.message[:20]) for error, _ in found.refused] == [(3, "completed_on 'soon' ")]
    dates = read("email,WHMIS,IPAC-101\na@x.org,2026-03-03,\n", columns=RECORDS)
    assert taken(dates, "code", "completed_on") == [("WHMIS", "2026-03-03"), ("IPAC-101", "")]


def test_a_dry_run_can_say_how_the_file_is_understood(read: Callable) -> None:
    found = read(
        "Courriel,DDN,Poste,Notes\na@x.org,1990-05-17,PSW,x\n",
        columns=PEOPLE,
        map=["Notes="],
        value=["role:PSW=psw"],
    )
    assert found.source.mapping() == [
        "Columns: Courriel = email, DDN = birthdate, Poste = role.",
        "Columns left aside: Notes.",
        "First row (line 2): email = a@x.org, birthdate = (a day), role = psw.",
    ]


FULL = read_options(
    map=["Employee #=employee_number", "Notes="],
    value=['role:Say "PSW" \\ é=psw', "status:A=Active"],
    date_format="dmy",
    sheet="Staff",
    skip_lines=3,
    encoding="cp850",
    ignore_unknown=True,
    name_order="first-last",
)


def test_a_saved_profile_reads_as_what_was_saved(tmp_path: Path) -> None:
    folder = tmp_path / "profiles"
    path = folder / "hr.toml"
    with Saving("hr", FULL, folder) as saving:
        assert saving.keep() == f"The profile hr is kept in {path}."
    assert path.stat().st_mode & 0o777 == 0o600
    assert '[values.status]\nA = "Active"\n' in path.read_text(encoding="utf-8")
    for loaded in (load_profile("hr", folder), load_profile(str(path), tmp_path)):
        assert vars(Reading().over(loaded)) == {**vars(FULL), "demanded": frozenset()}
    skips = Reading(skip={"E-mail": ("Total: 1", "x")})
    with Saving("hr", skips, folder) as saving:
        saving.keep()
    with Saving("hr", FULL, folder):
        pass  # the file to be read was refused
    assert load_profile(str(path), folder).skip == skips.skip
    assert [each.name for each in folder.iterdir()] == ["hr.toml"]


def test_the_command_line_goes_over_the_profile() -> None:
    over = read_options(map=["Notes=role"], value=["status:A=On leave"], date_format="mdy").over(FULL)
    assert over.columns == {"Employee #": "employee_number", "Notes": "role"}
    assert (over.values["status"], over.values["role"]) == ({"A": "On leave"}, FULL.values["role"])
    assert (over.date_format, over.sheet, over.name_order) == ("mdy", "Staff", "first-last")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[colums]\n", "'colums' is not a section"),
        ("[rows]\nskiplines = 3\n", "'skiplines' is not a key"),
        ("[rows]\nskip_lines = '3'\n", "'skip_lines' is not a whole number"),
        ("[rows]\nskip = ['a']\n", "'skip' is not a table"),
        ("[rows]\nskip = {A = 'x'}\n", "'skip.A' is not a list"),
        ("[rows]\nname_order = 'x'\n", "name_order 'x'"),
        ("[rows]\nencoding = 'x'\n", "encoding 'x'"),
        ("[rows]\nignore_unknown = 'yes'\n", "neither true nor false"),
        ("[columns]\nA = 1\n", "'columns.A' is not text"),
        ("[columns]\nA = 'emial'\n", "'emial' is not a column"),
        ("[values]\nrole = 'psw'\n", "'values.role' is not a table"),
        ("[dates]\nformat = 'x'\n", "format 'x'"),
        ("[dates]\norder = 'x'\n", "'order' is not a key"),
        ("columns = 3\n", "'columns' is not a table"),
        ("a = [\n", "not valid TOML"),
        ("a = " + "[" * 5000, "not valid TOML"),
    ],
)
def test_a_profile_that_is_none_is_told_by_its_key(
    tmp_path: Path, read: Callable, text: str, message: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        Layout(["email", "A"], PEOPLE, load_profile(str(path), tmp_path))
    assert message in caught.value.message


@pytest.mark.parametrize("named", ["nobody", "nowhere.toml", "../hr", "a b"])
def test_a_profile_that_is_not_there_is_told(tmp_path: Path, named: str) -> None:
    with pytest.raises(CarepassError) as caught:
        load_profile(named, tmp_path)
    assert isinstance(caught.value, NotFound if named in ("nobody", "nowhere.toml", "../hr") else UsageError)


def test_every_shipped_profile_is_one(tmp_path: Path) -> None:
    assert {
        "adp",
        "bamboohr",
        "credly",
        "moodle",
        "oneroster",
        "relias",
        "rh-francais",
        "workday",
        "xapi",
    } == {*shipped_profiles()}
    for name in shipped_profiles():
        reading = load_profile(name, tmp_path)
        assert {*reading.columns.values()} - {""} <= SYNONYMS.keys()
        (tmp_path / "copy.toml").write_text(profile_text(reading), encoding="utf-8")
        assert load_profile("copy", tmp_path) == reading
