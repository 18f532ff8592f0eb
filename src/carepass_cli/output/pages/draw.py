"""Pages drawn: as HTML that needs no other file, no network and no script, and as PDF."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from carepass_cli.errors import MissingExtra
from carepass_cli.output.clean import shown
from carepass_cli.output.pages.page import MARKS, TINTS, Page

if TYPE_CHECKING:
    from jinja2 import Environment


def page_file(page: Page, output: str) -> bytes:
    """The page as `html` or `pdf`."""
    return page_pdf(page) if output == "pdf" else page_html(page)


def page_html(page: Page) -> bytes:
    """The page as one HTML file."""
    environment = _environment()
    style = environment.get_template("style.css").render(page=page, tints=TINTS, edge=_css_text(_edge(page)))
    return environment.get_template("page.html").render(page=page, style=style, marks=MARKS).encode()


def page_pdf(page: Page) -> bytes:
    """The page as a tagged PDF on letter paper. Raises MissingExtra without typst."""
    compile_pdf = load_typst()
    import json
    from dataclasses import asdict
    from importlib.resources import files

    # People's text is data for the template, and never a part of its source.
    data = {**_cleaned(asdict(page)), "edge": shown(_edge(page)), "marks": MARKS, "tints": TINTS}
    source = files("carepass_cli.output.pages").joinpath("page.typ").read_bytes()
    return bytes(compile_pdf(source, sys_inputs={"page": json.dumps(data)}))


def load_typst() -> Callable[..., Any]:
    """What draws PDF. Raises MissingExtra where it is not installed."""
    try:
        import typst
    except ImportError:
        raise MissingExtra("pdf", "A PDF page") from None
    return typst.compile


def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("carepass_cli.output", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Text from data; what a template has made already is Markup.
        finalize=lambda value: shown(value) if type(value) is str else value,
    )


def _edge(page: Page) -> str:
    """What every sheet of paper bears."""
    return f"{page.title} · {page.subject} · {page.as_of.isoformat()}"


def _css_text(text: str) -> str:
    """`text` inside a CSS string: whatever is no letter or digit is written as its code point, so that
    nothing in it can end the string."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in shown(text))


def _cleaned(value: Any) -> Any:
    """`value` for JSON, each text cleaned but for drawings of our own, each day as ISO text."""
    if isinstance(value, Mapping):
        return {key: each if key == "svg" else _cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    if isinstance(value, bool | int | float):
        return value
    return shown(str(value))
