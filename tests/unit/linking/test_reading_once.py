"""What is read once of a profile."""

from attrtrack.linking.reading_once import once


class _Counted:
    def __init__(self) -> None:
        self.readings = 0

    @once
    def fact(self) -> str:
        """Return a fact, counting how often it is read."""
        self.readings += 1
        return f"第{self.readings}次"


def test_a_fact_is_read_when_asked_for_and_once() -> None:
    """The second question gets the first answer, and another instance reads for itself."""
    one, other = _Counted(), _Counted()
    assert one.readings == 0
    assert (one.fact, one.fact, one.readings) == ("第1次", "第1次", 1)
    assert (other.readings, other.fact) == (0, "第1次")
