"""Which new passwords are too weak: by rule, without a copied list and without a forced mixture."""

import pytest

from attrtrack.domain.passwords import normal_password, password_faults

OWN = ("liming", "李明", "云栖市住建局")


def _faults(password: str) -> tuple[str, ...]:
    return password_faults(password, own_words=OWN, shortest=12)


@pytest.mark.parametrize(
    "password",
    [
        "三只狐狸在桥下数星星和月亮",
        "correct horse battery staple",
        "vT9#kd2!mQz7",
        "雨后的石板路 通向城北门",
        "nkwosjbmrtpd",
        "Ünïcödé wörds äre fine",
    ],
)
def test_good_passwords_need_no_mixture(password: str) -> None:
    """A phrase, random letters, any script: length and unpredictability count, not kinds of characters."""
    assert _faults(password) == ()


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "098765432109",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "zaq12wsxcde3",
        "Password2024!",
        "P@ssw0rd1234",
        "Admin@123456",
        "liming123456",
        "liming2024!!",
        "李明1234567890",
        "云栖市住建局2024年度",
        "attrtrack-2025",
        "admin_passwd_1",
        "一二三四五六七八九十一二",
        "abcdefghijklm",
        "welcome!welcome",
    ],
)
def test_guessable_passwords_are_refused(password: str) -> None:
    """Repetitions, walks, stock words in any dress, years and the account's own words do not make a password."""
    assert len(_faults(password)) == 1


@pytest.mark.parametrize(("password", "said"), [("短", "至少 12"), ("x" * 11, "至少 12"), ("长" * 129, "最多 128")])
def test_length_is_told(password: str, said: str) -> None:
    """Too short and too long are refused with the limit."""
    assert any(said in fault for fault in _faults(password))


def test_keyboards_write_the_same() -> None:
    """Full-width letters typed through an input method are the same password."""
    assert normal_password("ｃｏｒｒｅｃｔ　ｈｏｒｓｅ") == "correct horse"
