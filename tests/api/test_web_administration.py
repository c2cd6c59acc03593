"""The administrators' pages: accounts, units, roles, tokens, rules, model, journal, and what forged forms come to."""

import html
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from register_insides import spoil
from register_places import register_at
from web_client import Answer, TestClient
from web_people import BELOW, HOST, ISSUER, LOGINS, OTHER, OWN, UNITS, a_browser, a_peopled_app, acting

from attrtrack.domain.access import RIGHTS, Role
from attrtrack.domain.accounts import Account, ApiToken
from attrtrack.errors import SignInRefusedError
from attrtrack.workflow import accounts, journalling
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import sign_in, sign_in_identity

HOSTILE = '<script>alert("x")</script>'
LONG = "长" * 10_000
SYSTEM, SECURITY, AUDIT = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR
DRAFTER = LOGINS[Role.DRAFTER]
ONE = f"/administration/accounts/{DRAFTER}"


@dataclass
class Desk:
    """A signed-in browser of one role."""

    browser: TestClient

    def page(self, path: str, status: int = 200) -> str:
        """Open a page."""
        answer = self.browser.get(path)
        assert answer.status_code == status, answer.text[:500]
        return answer.text

    def sent(self, path: str, *, of: str, **fields: str) -> Answer:
        """Send a form of the page `of`, with its token and version."""
        found = dict(re.findall(r'name="(form_token|version|once)" value="([^"]*)"', self.page(of)))
        return self.browser.post(path, data={**found, **fields})


@dataclass
class Office:
    """A register with people of every role."""

    app: App
    file: Path

    @cached_property
    def _first(self) -> TestClient:
        return a_browser(self.app)

    def desk(self, role: Role) -> Desk:
        """Sign somebody in, all at the same served program."""
        served = self._first
        browser = TestClient(served.app, base_url=served.base_url, client=("10.1.2.3", 1), follow_redirects=False)
        browser.headers.update({"origin": HOST, "sec-fetch-site": "same-origin"})
        token = sign_in_identity(self.app, ISSUER, LOGINS[role], address="web 10.1.2.3").token
        browser.cookies.set("__Host-attrtrack", token)
        return Desk(browser)

    def account(self, login: str = DRAFTER) -> Account:
        """Return an account as it stands."""
        with self.app.store.reading() as work:
            return work.accounts.get(login)

    def head(self) -> int:
        """Return how many entries the journal has."""
        with self.app.store.reading() as work:
            entry = work.journal.head()
            return 0 if entry is None else entry.sequence


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return a register with people and without documents."""
    return Office(a_peopled_app(tmp_path), tmp_path / "web.db")


def _secret(page: str) -> str:
    return re.findall(r'<p class="secret"><code>([^<]+)</code>', page)[0]


def test_an_account_is_made_with_a_password_shown_once(office: Office) -> None:
    """The password opens the door, must be changed, and stands on no other page; the form sent twice makes one account."""
    desk = office.desk(SYSTEM)
    fields = {"login": "Li.Ming", "name": "李明", "unit": OWN, "door": "password"}
    made = desk.sent("/administration/accounts", of="/administration/new", **fields)
    assert made.status_code == 200
    secret = _secret(made.text)
    account = office.account("li.ming")
    assert (account.display_name, account.unit, account.must_change, account.rights) == ("李明", OWN, True, frozenset())
    assert secret not in desk.page("/administration/accounts/li.ming")
    again = desk.sent("/administration/accounts", of="/administration/new", **fields)
    assert again.status_code == 409
    assert 'href="/administration/accounts/li.ming"' in again.text
    assert 'value="李明"' in again.text
    assert sign_in(office.app, "li.ming", secret, address="web 10.1.2.3").account.must_change


def test_a_refused_form_comes_back_with_what_was_typed(office: Office) -> None:
    """Bad logins, unknown units and endless names are told in place, nothing is rendered raw, nothing is kept."""
    desk, before = office.desk(SYSTEM), office.head()
    for fields, said in (
        ({"login": HOSTILE, "name": "甲"}, "登录名"),
        ({"login": "jia", "name": LONG}, "姓名太长"),
        ({"login": "jia", "name": "甲", "unit": HOSTILE}, "单位"),
    ):
        answer = desk.sent("/administration/accounts", of="/administration/new", **fields)
        assert answer.status_code == 400, fields
        assert said in answer.text
        assert HOSTILE not in answer.text
        typed = fields.get("unit") or fields["login"]
        assert html.escape(typed, quote=False)[:20] in answer.text.replace("&#34;", '"')
    assert office.head() == before


def test_roles_are_given_and_taken_by_the_security_administrator(office: Office) -> None:
    """One that clashes says why in place; the system administrator gives none; what is taken back is at once."""
    desk = office.desk(SECURITY)
    assert desk.sent(f"{ONE}/roles", of=ONE, role="signatory").status_code == 303
    assert office.account().roles == {Role.DRAFTER, Role.SIGNATORY}
    clash = desk.sent(f"{ONE}/roles", of=ONE, role="audit_administrator")
    assert clash.status_code == 409
    assert 'role="alert"' in clash.text
    assert desk.sent(f"{ONE}/roles", of=ONE, role="emperor").status_code == 400
    assert desk.sent(f"{ONE}/roles/revocation", of=ONE, role="drafter").status_code == 303
    assert office.account().rights == RIGHTS[Role.SIGNATORY]
    assert office.desk(SYSTEM).sent(f"{ONE}/roles", of="/administration/new", role="drafter").status_code == 403


def test_the_last_system_administrator_stays(office: Office) -> None:
    """Nobody closes it, locks it or takes its role, and the page says what to do first."""
    one, desk = f"/administration/accounts/{LOGINS[SYSTEM]}", office.desk(SYSTEM)
    closed = desk.sent(f"{one}/closing", of=f"{one}/closing")
    assert closed.status_code == 409
    assert "请先另设一个" in closed.text
    locked = desk.sent(f"{one}/locking", of=f"{one}/locking")
    assert (locked.status_code, "不能锁定" in locked.text) == (409, True)
    taken = office.desk(SECURITY).sent(f"{one}/roles/revocation", of=one, role=SYSTEM.value)
    assert (taken.status_code, "请先另设一个" in taken.text) == (409, True)
    assert office.account(LOGINS[SYSTEM]).roles == {SYSTEM}


def test_a_locked_account_opens_nothing_until_it_is_unlocked(office: Office) -> None:
    """Its session ends and no new one begins, by an identity either; unlocked it works again with the same roles."""
    desk, theirs = office.desk(SYSTEM), office.desk(Role.DRAFTER)
    theirs.page("/account")
    assert "现在登录着 1 处" in desk.page(ONE)
    assert desk.sent(f"{ONE}/locking", of=f"{ONE}/locking").status_code == 303
    assert theirs.browser.get("/account").status_code == 303
    with pytest.raises(SignInRefusedError):
        office.desk(Role.DRAFTER)
    assert "已由管理员锁定" in desk.page(ONE)
    assert DRAFTER in desk.page("/administration?state=locked")
    assert desk.sent(f"{ONE}/unlocking", of=ONE).status_code == 303
    assert office.account().rights == RIGHTS[Role.DRAFTER]
    office.desk(Role.DRAFTER).page("/account")


def test_names_sessions_and_passwords_are_looked_after(office: Office) -> None:
    """A name is changed, everything signed in is ended, a password reset is shown once; the login never changes."""
    desk, theirs = office.desk(SYSTEM), office.desk(Role.DRAFTER)
    assert desk.sent(f"{ONE}/name", of=ONE, name="张新名").status_code == 303
    assert "张新名" in desk.page("/administration")
    refused = desk.sent(f"{ONE}/name", of=ONE, name=LONG)
    assert (refused.status_code, "姓名太长" in refused.text) == (400, True)
    assert desk.sent(f"{ONE}/sessions", of=ONE).status_code == 303
    assert "退出 1 处登录" in desk.page(ONE)
    assert theirs.browser.get("/account").status_code == 303
    reset = desk.sent(f"{ONE}/password", of=f"{ONE}/password")
    assert _secret(reset.text)
    assert office.account().must_change


def test_a_form_that_saw_another_state_changes_nothing(office: Office) -> None:
    """A confirmation kept open while the account changed is refused and shown anew; so is one sent twice."""
    desk, asked = office.desk(SYSTEM), f"{ONE}/closing"
    old = dict(re.findall(r'name="(form_token|version)" value="([^"]*)"', desk.page(asked)))
    accounts.place_account(acting(office.app, SECURITY), DRAFTER, BELOW)
    late = desk.browser.post(asked, data=old)
    assert late.status_code == 412
    assert "重新查看本页" in late.text
    assert office.account().closed_at is None
    assert desk.sent(asked, of=asked).status_code == 303
    assert office.account().closed_at is not None
    assert desk.browser.post(asked, data=old).status_code == 412


def test_forged_and_replayed_form_tokens_open_nothing(office: Office) -> None:
    """Another session's token, none at all, or one of a session that has ended: not a row changes."""
    desk, before = office.desk(SYSTEM), office.account()
    foreign = dict(re.findall(r'name="(form_token)" value="([^"]*)"', office.desk(SYSTEM).page("/administration/new")))
    for token in ("", "forged", foreign["form_token"]):
        for path in (f"{ONE}/unlocking", f"{ONE}/sessions", f"{ONE}/name", "/administration/units"):
            answer = desk.browser.post(path, data={"form_token": token, "name": "坏人"})
            assert answer.status_code == 403, path
    own = dict(re.findall(r'name="(form_token|version)" value="([^"]*)"', desk.page(f"{ONE}/closing")))
    desk.browser.post("/sign-out", data={"form_token": own["form_token"]})
    assert desk.browser.post(f"{ONE}/closing", data=own).status_code in {303, 401, 403}
    assert office.account() == before


def test_what_is_not_there_is_not_there(office: Office) -> None:
    """Accounts, units, tokens and tables that do not exist, and tokens and identities of somebody else."""
    desk = office.desk(SYSTEM)
    token = _a_token(office, Role.OFFICE)
    for path in (
        "/administration/accounts/nobody",
        "/administration/units/one?name=nowhere",
        f"{ONE}/tokens/{token.id}/revocation",
        "/account/tokens/T999/revocation",
        "/rules/tables/passwd",
        "/rules/tables/..%2F..%2Fetc",
    ):
        answer = desk.browser.get(path)
        assert answer.status_code == 404, path
        assert "Traceback" not in answer.text
    others = {"issuer": ISSUER, "subject": LOGINS[Role.OFFICE]}
    assert desk.sent(f"{ONE}/identities/removal", of=ONE, **others).status_code == 400
    theirs = office.desk(Role.DRAFTER)
    assert theirs.sent(f"/account/tokens/{token.id}/revocation", of="/account/tokens").status_code == 404
    with office.app.store.reading() as work:
        assert work.api_tokens.get(token.id).revoked_at is None
        assert work.identities.find(others["issuer"], others["subject"]) is not None


def _a_token(office: Office, role: Role) -> ApiToken:
    person = acting(office.app, role)
    return accounts.add_token(person, LOGINS[role], "台账", scopes=person.access.rights or frozenset(), days=30).token


def test_ones_own_token_is_shown_once_and_made_once(office: Office) -> None:
    """The form sent twice makes one token and does not show it again; a scope that one lacks is refused in place."""
    desk = office.desk(Role.OFFICE)
    found = dict(re.findall(r'name="(form_token|once)" value="([^"]*)"', desk.page("/account/tokens")))
    fields = {**found, "name": HOSTILE, "days": "30", "scope": "read"}
    first = desk.browser.post("/account/tokens", data=fields)
    assert _secret(first.text).startswith("atk_")
    second = desk.browser.post("/account/tokens", data=fields)
    assert second.status_code == 200
    assert "只在刚才显示过一次" in second.text
    assert HOSTILE not in desk.page("/account/tokens")
    assert len(accounts.list_tokens(acting(office.app, Role.OFFICE), LOGINS[Role.OFFICE])) == 1
    for beyond in ({"scope": "sign"}, {"scope": "read", "days": "9999"}, {"scope": "", "days": "1"}):
        refused = desk.sent("/account/tokens", of="/account/tokens", **{"name": "乙", "days": "30", **beyond})
        assert refused.status_code == 400, beyond
        assert 'value="乙"' in refused.text


def test_units_are_made_moved_and_closed(office: Office) -> None:
    """One with people or units below it is not closed, none becomes its own superior, names are shown and not obeyed."""
    system, security = office.desk(SYSTEM), office.desk(SECURITY)
    units = "/administration/units"
    assert system.sent(units, of=units, name=HOSTILE, parent=OWN).status_code == 303
    assert HOSTILE not in system.page(units)
    twice = system.sent(units, of=units, name=HOSTILE, parent=OWN)
    assert (twice.status_code, 'role="alert"' in twice.text) == (409, True)
    one = f"{units}/one?name={OWN}"
    unknown = security.sent(one, of=one, parent="不存在的单位")
    assert (unknown.status_code, "没有单位" in unknown.text, 'value="不存在的单位"' in unknown.text) == (
        400,
        True,
        True,
    )
    circle = security.sent(one, of=one, parent=BELOW)
    assert (circle.status_code, "下级" in circle.text) == (409, True)
    assert system.browser.post(one, data={}).status_code == 403
    closing = f"{units}/closing?name={OWN}"
    assert system.sent(closing, of=closing).status_code == 409
    other = f"{units}/closing?name={OTHER}"
    assert system.sent(other, of=other).status_code == 303
    assert "已撤销单位" in system.page(units)
    assert set(re.findall(r"共?(\d+) 个</span></h2>", system.page(units))) == {str(len(UNITS) + 1)}


def test_every_rule_table_is_a_page_with_words(office: Office) -> None:
    """Each row of each table with its source, everything in Chinese, found by its text, and no page above 150 KB."""
    desk = office.desk(Role.DRAFTER)
    index = desk.page("/rules")
    hrefs = re.findall(r'href="(/rules/tables/[a-z_]+)"', index)
    assert len(hrefs) == len([name for name in office.app.rules.hashes if "/" not in name])
    assert office.app.rules.version in index
    for href in hrefs:
        path: str | None = href
        rows = 0
        while path:
            page = desk.page(path)
            assert len(page.encode()) < 150_000, path
            rows += page.count('<article class="rule">')
            assert not re.search(r"<dt>[a-z_]+</dt>", page), path
            after = re.search(r'rel="next" href="([^"]+)"', page)
            path = html.unescape(after[1]) if after else None
        assert rows == len(getattr(office.app.rules, href.rpartition("/")[2])), href
    found = desk.page("/rules/tables/reasons?q=R16-2c")
    assert found.count('<article class="rule">') == 1
    assert "第十六条第二款" in found
    assert HOSTILE not in desk.page(f"/rules/tables/reasons?q={HOSTILE}")


def test_a_register_without_a_model_says_what_it_goes_by(office: Office) -> None:
    """The page of the model never stands empty."""
    assert "没有模型：现在只凭标注、规则和本机关先例提建议。" in office.desk(Role.DRAFTER).page("/rules/model")


def test_the_journal_is_read_in_words_and_narrowed(office: Office) -> None:
    """By person, act, record, outcome and day; leafed through without a gap; a bad day is told in place."""
    desk = office.desk(AUDIT)
    office.desk(Role.DRAFTER).browser.get("/administration")
    page = desk.page("/journal?action=refuse-access")
    assert "越权被拒" in page
    assert "所缺权限：管理账号" in page
    assert DRAFTER in page
    of_one = desk.page(f"/journal?subject=账号 {DRAFTER}")
    assert {"增加账号", "授予角色", "绑定身份"} <= set(re.findall(r"<td>([^<]+?)(?:<span|</td>)", of_one))
    assert desk.page(f"/journal?subject=user:{DRAFTER}").count("<tr id=") == of_one.count("<tr id=")
    assert "没有这样的记录" in desk.page("/journal?since=2999-01-01")
    assert 'role="alert"' in desk.page("/journal?since=昨天", status=400)
    assert HOSTILE not in desk.page(f"/journal?actor={HOSTILE}&subject={HOSTILE}")
    desk.page("/journal?cursor=abcd", status=400)


def test_the_journal_is_leafed_through_without_a_gap(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every entry once, newest first, also where a part ends after so many entries that were looked at."""
    monkeypatch.setattr(journalling, "LOOKED_AT", 20)
    monkeypatch.setattr("api.pages.journal.ROWS", 7)
    desk, seen = office.desk(AUDIT), list[int]()
    last, path = office.head(), "/journal?outcome=done"
    while path:
        page = desk.page(path)
        seen += map(int, re.findall(r'<tr id="e(\d+)">', page))
        after = re.search(r'rel="next" href="([^"]+)"', page)
        path = html.unescape(after[1]) if after else ""
    with office.app.store.reading() as work:
        known = [entry.sequence for entry in work.journal.entries() if entry.outcome == "done"]
    assert [number for number in seen if number <= last] == [number for number in reversed(known) if number <= last]


def test_a_whole_journal_is_proven_and_a_broken_one_says_what_to_do(office: Office) -> None:
    """The button, a checkpoint pasted whole, a page that is none, and a register changed behind the program's back."""
    desk, path = office.desk(AUDIT), "/journal/verification"
    checkpoint = desk.browser.get("/journal/checkpoint.txt")
    assert "attachment" in checkpoint.headers["content-disposition"]
    assert "核对无误" in desk.sent(path, of=path, checkpoint=checkpoint.text).text
    refused = desk.sent(path, of=path, checkpoint=HOSTILE)
    assert (refused.status_code, "没有检查点" in refused.text, HOSTILE in refused.text) == (400, True, False)
    spoil(office.file, "UPDATE accounts SET display_name = '改写' WHERE login = 'drafter'")
    page = desk.sent(path, of=path).text
    assert "核对不符" in page
    assert re.search(r"账号第 \d+ 行：与日志记载的内容不符", page)
    assert "封存" in page
    spoil(office.file, "UPDATE journal SET actor = '别人' WHERE sequence = 5")
    assert "<b>第 5 条</b>" in desk.sent(path, of=path).text


def test_the_system_page_tells_how_the_register_stands(office: Office) -> None:
    """Parts, size, backup and jobs, without a word of any document."""
    page = office.desk(SYSTEM).page("/administration/system")
    assert "各部分正常" in page
    assert ("SQLite" if register_at(office.file).startswith("sqlite") else "PostgreSQL") in page
    assert "该备份了" in page
    assert 'href="/jobs"' in page
