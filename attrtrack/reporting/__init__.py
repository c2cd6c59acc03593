"""Content becomes files for people: the year's list as a workbook.

Decision: one row an interpretation, the document's cells repeated and greyed, no merged cell below the header row, so
that the sheet can be filtered and imported again; a group heading stands in the serial number's column alone.
"""

from attrtrack.reporting.year_list import year_list_workbook

__all__ = ["year_list_workbook"]
