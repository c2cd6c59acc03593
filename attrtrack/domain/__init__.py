"""Values of the field and their laws; standard library only, frozen, no clock and no database.

Decision: what two rooms share is lifted to here (numbers, dates, spans), so that rooms never import each other.
"""
