"""Web pages that need no other file, no network and no script: templates that show people's text as text."""

from typing import TYPE_CHECKING

from carepass_cli.output.clean import shown

if TYPE_CHECKING:
    from jinja2 import Template


def page_template(name: str) -> "Template":
    """The template `name` of this room. What it is given is escaped, and cleaned of control characters."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("carepass_cli", "output"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Text from data; what the template has made already is Markup.
        finalize=lambda value: shown(value) if type(value) is str else value,
    )
    return environment.get_template(name)
