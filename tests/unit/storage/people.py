"""Accounts and units for the tests: a small town with its administrators."""

from attrtrack.domain.access import Role
from attrtrack.domain.accounts import Account, Unit
from attrtrack.storage import UnitOfWork

HASH = "$argon2id$v=19$m=32768,t=3,p=1$c2FsdHNhbHQ$bm9ib2R5cw"
TOWN, HOUSING, ROOFS, WATER = "云栖市", "住建局", "房管科", "水务局"


def add_units(work: UnitOfWork) -> None:
    """Add the town (top), two bureaus and a section of one."""
    work.units.add(Unit(TOWN, top=True))
    work.units.add(Unit(HOUSING, TOWN))
    work.units.add(Unit(WATER, TOWN))
    work.units.add(Unit(ROOFS, HOUSING))


def add_person(work: UnitOfWork, login: str, *roles: Role, unit: str | None = None) -> None:
    """Add somebody with roles."""
    work.accounts.add(Account(login, login, unit, frozenset()), HASH)
    for role in roles:
        work.accounts.set_role(login, role, granted=True)


def add_people(work: UnitOfWork) -> None:
    """Add the units, three administrators, and one person for every other role."""
    add_units(work)
    add_person(work, "admin", Role.SYSTEM_ADMINISTRATOR)
    add_person(work, "security", Role.SECURITY_ADMINISTRATOR)
    add_person(work, "auditor", Role.AUDIT_ADMINISTRATOR)
    add_person(work, "drafter", Role.DRAFTER, unit=HOUSING)
    add_person(work, "office", Role.OFFICE, unit=HOUSING)
    add_person(work, "signatory", Role.SIGNATORY, unit=TOWN)
    add_person(work, "assessor", Role.ASSESSOR)
    work.accounts.assign("assessor", WATER, assigned=True)
