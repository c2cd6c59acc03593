"""Terms that the law sets in working days."""

PUBLISH_WORKDAYS = 20
"""What is made is published within so many working days of the day of making (政府信息公开条例 2019 art. 26; 2007 art. 18 the same)."""
