"""The one error tree: each class has a stable code and one sentence; HTTP statuses and exit codes live at the porches."""

import copyreg
import errno
from collections.abc import Callable, Sequence

_TOLD = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.EROFS: "磁盘只读",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EMFILE: "打开的文件过多",
}


def told(error: OSError) -> str:
    """Say in Chinese what the operating system refused; what has no words here keeps the system's own."""
    return _TOLD.get(error.errno or 0) or error.strerror or str(error)


class AttrtrackError(Exception):
    """Anything attrtrack refuses or cannot do, told in Chinese to the person concerned."""

    code = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[Callable[..., "AttrtrackError"], tuple[object, ...], dict[str, object]]:
        """Let an error reach another process as it is, whatever its class is made from."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class InputRefusedError(AttrtrackError):
    """An input that is not taken in; nothing of it is kept."""

    code = "refused"


class ClassifiedMaterialError(InputRefusedError):
    """The input bears a sign of state secrecy; only rule, time and user may be logged (保密法 art. 31)."""

    code = "classified"

    def __init__(self, rule: str) -> None:
        super().__init__(
            "文件带有国家秘密标志，本系统不得处理：请立即移至涉密信息系统，并从本机删除。系统未保存任何内容。"
        )
        self.rule = rule


class ScanWithoutTextError(InputRefusedError):
    """Pages are pictures; there is no text to read."""

    code = "scan-without-text"


class EncryptedSourceError(InputRefusedError):
    """The file needs a password."""

    code = "encrypted"


class BrokenSourceError(InputRefusedError):
    """The file is truncated, malformed or not what its name says."""

    code = "broken"


class UnsupportedFormatError(InputRefusedError):
    """No reader knows this format."""

    code = "unsupported-format"


class SourceTooLargeError(InputRefusedError):
    """The file, or what it unpacks to, is larger than a document can be."""

    code = "too-large"


class EmptySourceError(InputRefusedError):
    """The file has no content, or the folder no file."""

    code = "empty"


class EmptyListError(EmptySourceError):
    """A list of a year that has no document."""

    code = "empty-list"


class SourceNotFoundError(InputRefusedError):
    """There is no file or folder at the given path, or it cannot be opened."""

    code = "not-found"


class BadRowError(InputRefusedError):
    """One row of a batch or ledger cannot be used; the others go on."""

    code = "bad-row"


class UnknownRecordError(InputRefusedError):
    """The register holds nothing under the given id."""

    code = "unknown-record"


class GateRefusedError(AttrtrackError):
    """Sign-off refused; `findings` say why (凡无明确公开属性建议或未说明不公开理由的，不予签发)."""

    code = "gate-refused"

    def __init__(self, message: str, findings: Sequence[object]) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class TransitionNotAllowedError(AttrtrackError):
    """The document's state does not permit this act."""

    code = "transition-not-allowed"


class NotSignedInError(AttrtrackError):
    """Nobody has signed in, or the session or token has ended."""

    code = "not-signed-in"


class NotPermittedError(AttrtrackError):
    """The person has no right to this act; the refusal enters the journal."""

    code = "not-permitted"


class SignInRefusedError(NotSignedInError):
    """Name, password or token do not fit, or the account is locked or closed; the sentence does not say which."""

    code = "sign-in-refused"


class ChangedMeanwhileError(AttrtrackError):
    """Somebody else has changed the record since it was read; nothing was overwritten."""

    code = "changed-meanwhile"


class ChangeUnseenError(AttrtrackError):
    """The act does not say which state of the record was seen; it could overwrite another's."""

    code = "version-missing"


class KeyUsedOtherwiseError(AttrtrackError):
    """An idempotency key came again with another content."""

    code = "key-used-otherwise"


class StillUnderWayError(AttrtrackError):
    """The same request is being worked on at this moment."""

    code = "still-under-way"


class TooOftenError(AttrtrackError):
    """One address asks too often; `wait` is the number of seconds after which it may ask again."""

    code = "too-often"

    def __init__(self, wait: int) -> None:
        super().__init__(f"请求过于频繁，没有受理：请在 {wait} 秒后再试。")
        self.wait = wait


class TooSlowError(AttrtrackError):
    """What was being sent did not arrive in time; nothing of it was kept."""

    code = "too-slow"


class UsageError(AttrtrackError):
    """The command or request was put wrongly."""

    code = "usage"


class EnvironmentFailedError(AttrtrackError):
    """Database, disk, rules or model are not usable; nothing was changed."""

    code = "environment"


class StorageUnusableError(EnvironmentFailedError):
    """The database cannot be reached, or lacks tables, constraints or triggers that guard the gate."""

    code = "storage-unusable"


class ModelUnusableError(EnvironmentFailedError):
    """The model artefact does not fit this program (format, features, lexicon or digest)."""

    code = "model-unusable"


class RulesInvalidError(EnvironmentFailedError):
    """A rule table breaks its schema; the message names table, row and field."""

    code = "rules-invalid"
