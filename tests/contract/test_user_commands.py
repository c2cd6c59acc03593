"""`user`, `unit`, `token`: the first administrator, separate powers, passwords that are never arguments, sight by unit."""

from pathlib import Path
from typing import Any

import pytest
from contract_shapes import shaped
from register_insides import kept_in

ACCOUNT = {
    "login": (str,), "name": (str,), "unit": (str, type(None)), "roles": (list,), "assesses": (list,),
    "has_password": (bool,), "must_change": (bool,), "locked_until": (str, type(None)), "created_at": (str,),
    "closed_at": (str, type(None)),
}  # fmt: skip
TOKEN = {
    "id": (str,), "user": (str,), "name": (str,), "prefix": (str,), "scopes": (list,), "created_at": (str,),
    "expires_at": (str,), "used_at": (str, type(None)), "revoked_at": (str, type(None)),
}  # fmt: skip
PASSWORD = "三只狐狸在桥下数星星和月亮"
LEDGER = """公文全称,发文字号,成文日期,公开属性
云栖市{0}关于印发临时救助办法的通知,云{0}发〔2024〕1号,2024-01-02,主动公开
云栖市{0}关于成立防汛指挥部的通知,云{0}发〔2024〕2号,2024-01-03,主动公开
"""


@pytest.fixture
def office(run: Any, tmp_path: Path) -> Any:
    """Give a register with two bureaus' ledgers, accounts for each, and administrators."""
    for unit in ("住建局", "水务局"):
        (tmp_path / f"{unit}.csv").write_text(LEDGER.format(unit), encoding="utf-8")
        assert run("import", f"{unit}.csv", "--unit", unit).status == 0
    done = [
        run(
            "user", "add", "admin", "--role", "system_administrator", "--password-stdin", stdin=f"{PASSWORD}\n".encode()
        ),
        run("user", "add", "anquan", "--role", "安全管理员", "--no-password", "--as", "admin"),
        run("unit", "add", "云栖市", "--top", "--as", "admin"),
        run("unit", "add", "住建局", "--parent", "云栖市", "--as", "admin"),
        run("unit", "add", "水务局", "--parent", "云栖市", "--as", "admin"),
        run("user", "add", "zhujian", "--name", "李明", "--unit", "住建局", "--no-password", "--as", "admin"),
        run("user", "add", "shi", "--unit", "云栖市", "--no-password", "--as", "admin"),
        run("user", "add", "kaohe", "--no-password", "--as", "admin"),
        run("user", "grant", "zhujian", "--role", "office", "--as", "anquan"),
        run("user", "grant", "shi", "--role", "签发人", "--as", "anquan"),
        run("user", "grant", "kaohe", "--role", "考核人员", "--as", "anquan"),
        run("user", "assign", "kaohe", "--unit", "水务局", "--as", "anquan"),
    ]
    assert [step.err for step in done if step.status] == []
    return run


def test_first_account_is_a_system_administrator(run: Any) -> None:
    """On an empty register nothing else can be made, and no password comes by itself."""
    for arguments in (
        ("user", "add", "li", "--no-password"),
        ("user", "add", "li", "--role", "drafter", "--no-password"),
    ):
        refused = run(*arguments)
        assert refused.status == 2
        assert "--role system_administrator" in refused.err
    asked = run("user", "add", "admin", "--role", "system_administrator", stdin=b"")
    assert asked.status == 2
    assert "--password-stdin" in asked.err
    weak = run("user", "add", "admin", "--role", "system_administrator", "--password-stdin", stdin=b"admin123456789\n")
    assert weak.status == 2
    assert "太容易猜" in weak.err
    made = run(
        "user", "add", "Admin", "--role", "系统管理员", "--password-stdin", "--json", stdin=f"{PASSWORD}\n".encode()
    )
    (row,) = made.rows
    shaped(row, ACCOUNT)
    assert (row["login"], row["roles"], row["has_password"], row["must_change"]) == (
        "admin", ["system_administrator"], True, False,
    )  # fmt: skip
    assert PASSWORD not in made.out + made.err


def test_from_the_first_account_on_a_name_must_be_one(run: Any, letter: str) -> None:
    """`--as` and the user's own name count only as an open account; a closed one no longer."""
    assert run("record", letter).status == 0
    stdin = f"{PASSWORD}\n".encode()
    run("user", "add", "admin", "--role", "system_administrator", "--password-stdin", stdin=stdin)
    for arguments in (("coverage",), ("record", letter), ("user", "list"), ("user", "list", "--as", "ADMIN")):
        refused = run(*arguments)
        assert refused.status == 1, arguments
        assert "[not-permitted]" in refused.err
    assert run("user", "list", "--as", "admin").status == 0


def test_powers_stay_apart(office: Any) -> None:
    """The system administrator grants nothing, the security administrator makes nobody, neither reads a document."""
    for arguments in (
        ("user", "grant", "zhujian", "--role", "signatory", "--as", "admin"),
        ("user", "add", "new", "--no-password", "--as", "anquan"),
        ("user", "add", "new", "--role", "audit_administrator", "--no-password", "--as", "admin"),
        ("coverage", "--as", "admin"),
        ("coverage", "--as", "anquan"),
        ("unit", "move", "水务局", "--parent", "住建局", "--as", "admin"),
        ("need", "D1", "yes", "--because", "试试", "--as", "kaohe"),
        ("user", "list", "--as", "zhujian"),
    ):
        refused = office(*arguments)
        assert refused.status == 1, arguments
        assert "[not-permitted]" in refused.err
    for login, role in (("anquan", "audit_administrator"), ("zhujian", "assessor"), ("kaohe", "drafter")):
        refused = office("user", "grant", login, "--role", role, "--as", "anquan")
        assert (refused.status, "[transition-not-allowed]" in refused.err) == (1, True)
    assert office("user", "close", "admin", "--as", "admin").status == 1


def test_units_see_their_own_and_what_is_below(office: Any) -> None:
    """Figures, lists and single records hold the own unit's documents, of the top unit all, of an assessor what is assigned."""

    def total(who: str) -> int:
        rows = office("coverage", "--json", "--as", who).rows
        return next(row["denominator"]["count"] for row in rows if row["code"] == "labelled-rate")

    assert [total(who) for who in ("zhujian", "kaohe", "shi")] == [2, 2, 4]
    assert office("need", "D1", "--as", "zhujian").status == 0
    hidden, absent = (office("need", name, "--as", "zhujian") for name in ("D3", "D9"))
    assert (hidden.status, hidden.err.replace("D3", "D9")) == (absent.status, absent.err)
    assert office("need", "D3", "--as", "kaohe").status == 0
    assert office("need", "D1", "--as", "kaohe").status == 1


def test_import_for_another_unit_is_refused(office: Any) -> None:
    """Nobody puts documents where they would not see them."""
    refused = office("import", "水务局.csv", "--unit", "水务局", "--as", "zhujian", "--json")
    assert refused.rows[-1] == {"imported": 0, "updated": 0, "unchanged": 0, "refused": 2}
    again = office("import", "住建局.csv", "--as", "zhujian", "--json")
    assert again.rows[-1]["refused"] == 0


def test_password_is_reset_changed_and_unlocked(office: Any) -> None:
    """A reset must be changed; the owner changes by the old one; wrong old ones are refused."""
    stdin = f"{PASSWORD}\n".encode()
    (row,) = office("user", "password", "zhujian", "--password-stdin", "--as", "admin", "--json", stdin=stdin).rows
    assert (row["has_password"], row["must_change"]) == (True, True)
    wrong = office("user", "password", "zhujian", "--password-stdin", "--as", "zhujian", stdin=b"wrong\nwrong too\n")
    assert (wrong.status, "[sign-in-refused]" in wrong.err) == (1, True)
    new = f"{PASSWORD}\n雨后的石板路通向城北门外\n".encode()
    (row,) = office("user", "password", "zhujian", "--password-stdin", "--as", "zhujian", "--json", stdin=new).rows
    assert row["must_change"] is False
    assert office("user", "unlock", "zhujian", "--as", "admin").status == 0


def test_token_is_shown_once(office: Any, tmp_path: Path) -> None:
    """The secret is in the answer of `add` and nowhere else; scopes and days are limited."""
    made = office("token", "add", "办公系统", "--scope", "use-gate", "--days", "180", "--as", "zhujian", "--json")
    (row,) = made.rows
    secret = row.pop("secret")
    shaped(row, TOKEN)
    assert secret.startswith(row["prefix"])
    (listed,) = office("token", "list", "--as", "zhujian", "--json").rows
    assert listed == row
    assert secret.encode() not in kept_in(tmp_path / "attrtrack.db")
    for wrong in (("--scope", "sign", "--days", "9"), ("--scope", "read", "--days", "400"), ("--scope", "read")):
        assert office("token", "add", "x", *wrong, "--as", "zhujian").status == 2
    assert office("token", "revoke", "T1", "--as", "shi").status == 1
    (revoked,) = office("token", "revoke", "T1", "--as", "admin", "--json").rows
    assert revoked["revoked_at"] is not None


def test_recovery_is_possible_at_the_console_and_loud(office: Any) -> None:
    """Whoever sits at the database can make another administrator; the journal says so beside the account."""
    made = office("user", "add", "jiuyuan", "--role", "system_administrator", "--no-password", "--recover")
    assert made.status == 0
    assert "recover" in made.err
    assert office("user", "add", "x", "--role", "signatory", "--no-password", "--recover").status == 2


def test_identity_is_bound_and_unbound(office: Any) -> None:
    """Somebody at a provider belongs to one account until the binding ends."""
    bind = ("--issuer", "https://id.example", "--subject", "u-1", "--as", "admin")
    assert office("user", "bind", "zhujian", *bind).status == 0
    assert office("user", "bind", "shi", *bind).status == 1
    assert office("user", "bind", "zhujian", *bind, "--remove").status == 0
    assert office("user", "bind", "shi", *bind).status == 0


def test_unit_with_people_is_not_closed(office: Any) -> None:
    """A unit is closed when nobody is left in it; its documents stay with those above."""
    assert office("unit", "close", "住建局", "--as", "admin").status == 1
    (row,) = office("unit", "close", "水务局", "--as", "admin", "--json").rows
    assert row["closed_at"] is not None
    assert office("need", "D3", "--as", "shi").status == 0
