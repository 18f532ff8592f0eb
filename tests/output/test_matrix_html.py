"""The matrix page, in a real browser."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from carepass_cli.output.clean import shown
from carepass_cli.output.matrix import TINTS, Matrix, to_html

Open = Callable[..., Page]
LETTER = 979  # printable width of landscape letter, 259.4 mm, in CSS pixels, rounded down


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    flags = (
        "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
        "disable-component-update disable-sync"
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=[f"--{flag}" for flag in flags.split()])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path) -> Iterator[Open]:
    """Open a matrix as a file, as a person would. Every request for anything else fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    asked: list[str] = []

    def open_it(matrix: Matrix, **media: str) -> Page:
        file = tmp_path / "matrix.html"
        file.write_text(to_html(matrix), encoding="utf-8")
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.emulate_media(**media)
        page.goto(file.as_uri())
        return page

    yield open_it
    context.close()
    assert [url for url in asked if not url.endswith("/matrix.html")] == []


@pytest.mark.parametrize(
    "media", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"media": "print"}], ids=str
)
@pytest.mark.parametrize("which", ["matrix", "wide_matrix", "hostile_matrix"])
def test_axe_finds_nothing(open_page: Open, which: str, media: dict[str, str], request) -> None:
    page = open_page(request.getfixturevalue(which), **media)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    # Neither is anything left to a person's judgement, and the checks that matter did run.
    assert [each["id"] for each in found.response["incomplete"]] == []
    assert {"color-contrast", "scope-attr-valid", "html-has-lang", "document-title"} <= {
        each["id"] for each in found.response["passes"]
    }


def test_dark_is_dark_and_paper_is_light(open_page: Open, matrix: Matrix) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    page = open_page(matrix, color_scheme="light")
    light = page.evaluate(background)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(background) != light
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(background) == light


def test_the_page_says_what_the_matrix_says(open_page: Open, matrix: Matrix) -> None:
    page = open_page(matrix)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == matrix.title
    caption = page.locator("caption").inner_text()
    assert matrix.home_name in caption
    assert matrix.as_of in caption
    assert page.locator("thead th[scope=col]").count() == page.locator("thead th").count() == 4 + 12
    assert page.locator("thead th[abbr]").evaluate_all("all => all.map(th => th.innerText.split('\\n'))") == [
        list(column) for column in matrix.columns
    ]
    assert _rows(page) == [list(row) for row in matrix.rows]
    assert page.locator("tbody tr:has(th[scope=row])").count() == 8
    assert matrix.notes[0] in page.locator("main").inner_text()


def test_colour_only_repeats_a_word(open_page: Open, matrix: Matrix) -> None:
    page = open_page(matrix)
    coloured = page.locator("tbody td[class]:not(.person)").evaluate_all(
        "all => all.map(td => [td.className, td.innerText])"
    )
    assert {name for name, _ in coloured} == set(TINTS)
    assert all(text.split()[0] == name for name, text in coloured)


def test_header_and_names_stay_in_sight(open_page: Open, wide_matrix: Matrix) -> None:
    page = open_page(Matrix("T", "2026-11-21", "H", wide_matrix.columns, [*wide_matrix.rows] * 20))
    assert page.locator("table:visible").count() == 1
    page.evaluate("scrollTo(900, 600)")
    assert page.evaluate("scrollX") == 900
    assert page.evaluate("scrollY") == 600
    assert page.locator("table.screen thead th").last.bounding_box()["y"] == 0
    assert page.locator("table.screen tbody th").first.bounding_box()["x"] == 80
    # What stays covers what moves: the element seen in the corner is the header's.
    assert page.evaluate("document.elementFromPoint(100, 10).innerText") == "Last name"


def test_a_script_in_a_name_is_only_text(open_page: Open, hostile_matrix: Matrix) -> None:
    page = open_page(hostile_matrix)
    assert page.evaluate("document.scripts.length + document.images.length + document.links.length") == 0
    assert page.title().startswith("<script>")
    assert _rows(page) == [[" ".join(shown(cell).split()) for cell in row] for row in hostile_matrix.rows]


@pytest.mark.parametrize("which", ["matrix", "wide_matrix"])
def test_paper_holds_every_column(open_page: Open, which: str, request) -> None:
    matrix = request.getfixturevalue(which)
    page = open_page(matrix, media="print")
    page.set_viewport_size({"width": LETTER, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= LETTER
    overflowing = (
        "all => all.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.innerText)"
    )
    assert page.locator("th:visible, td:visible").evaluate_all(overflowing) == []
    codes = page.locator("thead th[abbr]:visible").evaluate_all("all => all.map(th => th.abbr)")
    assert codes == [code for code, _ in matrix.columns]
    heads = page.locator("thead:visible").evaluate_all(
        "all => all.map(each => getComputedStyle(each).display)"
    )
    assert set(heads) == {"table-header-group"}  # which browsers repeat on each sheet
    assert b"/MediaBox [0 0 792 612]" in page.pdf(prefer_css_page_size=True)


def test_nobody_and_nothing_to_show(open_page: Open) -> None:
    page = open_page(Matrix("Training matrix", "2026-11-21", "Maple Grove (sample)", [], []))
    assert _rows(page) == [["Nobody to show."]]
    assert Axe().run(page).violations_count == 0


def _rows(page: Page) -> list[list[str]]:
    """What the first visible table says, white space folded."""
    cells = "tr => [...tr.cells].map(cell => cell.innerText.trim().replace(/\\s+/g, ' '))"
    return page.locator("table:visible").first.locator("tbody tr").evaluate_all(f"all => all.map({cells})")
