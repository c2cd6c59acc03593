"""Content becomes files for people: the year's list as a workbook.

Decision: one row an interpretation, the document's cells repeated and greyed, no merged cell below the header row, so
that the sheet can be filtered and imported again; a group heading stands in the serial number's column alone.
"""

from attrtrack.reporting.addresses import NOT_ASKED
from attrtrack.reporting.check_sheets import HandedIn
from attrtrack.reporting.lines import Gap
from attrtrack.reporting.receipts import Receipts
from attrtrack.reporting.year_list import Checked, YearListBook, checked, year_list_workbook

__all__ = ["NOT_ASKED", "Checked", "Gap", "HandedIn", "Receipts", "YearListBook", "checked", "year_list_workbook"]
