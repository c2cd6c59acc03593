"""A document laid out as a letter, printed marks blanked, as every voice but the mark's reads it."""

from attrtrack.domain.documents import Document
from attrtrack.nlp.layout import Letter, read_letter
from attrtrack.proposing.by_mark import without_marks
from attrtrack.rules.tables import Rules


def lay_out(document: Document, rules: Rules) -> Letter:
    """Lay a document out with the title, genre and addressee that it states."""
    return read_letter(
        without_marks(document),
        title=document.title,
        genre=document.genre.value if document.genre is not None else None,
        addressee=document.addressee,
        corrections=rules.words("t2s-corrections"),
    )
