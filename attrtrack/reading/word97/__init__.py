"""Word documents of 1997 to 2003 and Kingsoft wps: the piece table and what hangs on it ([MS-DOC])."""
