"""Forms and channels of an interpretation as plain codes, for callers that store them; the evidence is in `find_…`."""

from attrtrack.domain.pages import Page, PageParts
from attrtrack.linking.channels import find_channels
from attrtrack.linking.forms import find_forms
from attrtrack.linking.signs import codes
from attrtrack.rules import Rules


def recognise_forms(
    title: str | None, url: str | None, text: str, rules: Rules, parts: PageParts | None = None
) -> tuple[str, ...]:
    """Return the codes of the forms that a page shows, several at once; empty when nothing is known of it."""
    return codes(find_forms(Page(title, text, address=url, parts=parts or PageParts()), rules))


def recognise_channels(url: str | None, publisher: str | None, rules: Rules, text: str = "") -> tuple[str, ...]:
    """Return the codes of the channels that a page shows, the first publication first; empty when nothing shows one."""
    return codes(find_channels(Page(None, text, publisher=publisher, address=url), rules))
