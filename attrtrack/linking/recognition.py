"""Forms and channels of an interpretation as plain codes, for callers that store them; the evidence is in `find_…`."""

from attrtrack.domain.pages import Page, PageParts
from attrtrack.linking.channels import channels_on, find_channels
from attrtrack.linking.forms import find_forms, forms_on
from attrtrack.linking.signs import Recognised, Surface, codes
from attrtrack.rules import Rules


def forms_and_channels(page: Page, rules: Rules) -> tuple[tuple[Recognised, ...], tuple[Recognised, ...]]:
    """Return what `find_forms` and `find_channels` find on a page, its searched parts made once for both."""
    surface = Surface.of(page, rules)
    return forms_on(surface, rules), channels_on(surface, rules)


def recognise_forms(
    title: str | None, url: str | None, text: str, rules: Rules, parts: PageParts | None = None
) -> tuple[str, ...]:
    """Return the codes of the forms that a page shows, several at once; empty when nothing is known of it."""
    return codes(find_forms(Page(title, text, address=url, parts=parts or PageParts()), rules))


def recognise_channels(url: str | None, publisher: str | None, rules: Rules, text: str = "") -> tuple[str, ...]:
    """Return the codes of the channels that a page shows, the first publication first; empty when nothing shows one."""
    return codes(find_channels(Page(None, text, publisher=publisher, address=url), rules))
