"""A badge's picture: what it is for, who gave it, and the credential's fingerprint as a QR code."""

from html import escape
from io import BytesIO

from carepass_cli.errors import MissingExtra
from carepass_cli.output.clean import shown

WRAP = 24
# The endings of a FILE that is a badge.
PICTURES = (".svg", ".png")
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400" role="img">
<title>{title}</title>
<rect x="4" y="4" width="392" height="392" rx="28" fill="#ffffff" stroke="#12441f" stroke-width="8"/>
<g font-family="sans-serif" text-anchor="middle" fill="#12441f">
{lines}<text x="200" y="232" font-size="16">{issuer}</text>
</g>
<g transform="translate(140 248)">{code}</g>
</svg>
"""


def draw_badge(suffix: str, title: str, issuer: str, fingerprint: str) -> bytes:
    """A badge as `.svg`, or as `.png` (the QR code alone). Raises MissingExtra without segno."""
    code = qr_code(fingerprint)
    if suffix == ".png":
        picture = BytesIO()
        code.save(picture, kind="png", scale=8, border=4)
        return picture.getvalue()
    from textwrap import wrap

    parts = wrap(shown(title), WRAP)[:6]
    first = 130 - 14 * len(parts)
    lines = "".join(
        f'<text x="200" y="{first + 28 * number}" font-size="22">{escape(part)}</text>\n'
        for number, part in enumerate(parts, start=1)
    )
    drawn = code.svg_inline(scale=120 / code.symbol_size(border=0)[0], border=0)
    return SVG.format(
        title=escape(shown(title)), lines=lines, issuer=escape(shown(issuer)), code=drawn
    ).encode()


def qr_code(fingerprint: str):  # type: ignore[no-untyped-def]  # segno has no types
    """The QR code of a passport's fingerprint. Raises MissingExtra without segno."""
    try:
        import segno
    except ImportError:
        raise MissingExtra("badges", "A QR code") from None
    return segno.make(f"sha256:{fingerprint}", error="m", micro=False)
