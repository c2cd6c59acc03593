"""Which document does an interpretation explain? Proposals with their reasons, and forms and channels of a page.

Decision: likeness of titles finds candidates, facets veto them, and only what is named exactly and fits in time is
linked without a person.
"""

from attrtrack.linking.matcher import Matcher
from attrtrack.linking.recognition import recognise_channels, recognise_forms

__all__ = ["Matcher", "recognise_channels", "recognise_forms"]
