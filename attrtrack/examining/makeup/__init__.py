"""How a report is made up: head, headings, page numbers, attachments named and present."""

from attrtrack.examining.makeup.attaching import check_attaching
from attrtrack.examining.makeup.exchanging import check_exchanging
from attrtrack.examining.makeup.figured import check_figured
from attrtrack.examining.makeup.fitting import check_fitting
from attrtrack.examining.makeup.layout import check_attachments, check_head, check_headings, check_pages
from attrtrack.examining.makeup.matching import check_matching
from attrtrack.examining.makeup.mentioning import check_mentioning
from attrtrack.examining.makeup.numbering import check_numbering
from attrtrack.examining.makeup.pairing import check_pairing
from attrtrack.examining.makeup.unlisted import check_unlisted
from attrtrack.examining.makeup.unspoken import name_to_look_at

__all__ = ["CHECKS", "name_to_look_at"]

CHECKS = (
    check_head,
    check_headings,
    check_pages,
    check_attachments,
    check_attaching,
    check_mentioning,
    check_matching,
    check_fitting,
    check_numbering,
    check_figured,
    check_pairing,
    check_exchanging,
    check_unlisted,
)
