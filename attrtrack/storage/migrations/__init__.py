"""How the register's tables came to be, one revision after another; shipped in the wheel and run by the program itself.

A revision is never changed once shipped. It writes every CHECK out in full, and ends by creating the guards anew
where it rebuilt a table, because SQLite drops a table's triggers with the table.
"""
