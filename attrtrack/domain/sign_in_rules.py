"""How hard the door is; apart from the accounts, because every command carries the rules and few read accounts."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignInRules:
    """How hard the door is: an office may set each; the defaults follow NIST SP 800-63B and OWASP ASVS 5."""

    password_length: int = 12
    failures: int = 5
    lock: dt.timedelta = dt.timedelta(minutes=15)
    longest_lock: dt.timedelta = dt.timedelta(hours=8)
    idle: dt.timedelta = dt.timedelta(minutes=30)
    absolute: dt.timedelta = dt.timedelta(hours=12)

    def locked_until(self, failures: int, now: dt.datetime) -> dt.datetime | None:
        """Return until when an account is locked after so many failures in a row: the delay doubles with each more."""
        if failures < self.failures:
            return None
        doublings = min(failures - self.failures, 16)
        return now + min(self.lock * (1 << doublings), self.longest_lock)
