"""Which document does an interpretation explain? Proposals with their reasons, and forms and channels of a page.

Decision: likeness of titles finds candidates, facets veto them, and only what is named exactly and fits in time is
linked without a person.
"""

from attrtrack.linking.channels import find_channels
from attrtrack.linking.forms import find_forms
from attrtrack.linking.matcher import Matcher
from attrtrack.linking.recognition import forms_and_channels, recognise_channels, recognise_forms
from attrtrack.linking.signs import Recognised, shown_codes

__all__ = [
    "Matcher",
    "Recognised",
    "find_channels",
    "find_forms",
    "forms_and_channels",
    "recognise_channels",
    "recognise_forms",
    "shown_codes",
]
