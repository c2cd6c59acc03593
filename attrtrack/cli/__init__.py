"""Porch 1, the command line: parse, call the corridor, print, exit.

Exit status: 0 done; 1 something found or refused; 2 wrong use; 3 the environment failed. Never a traceback.
"""
