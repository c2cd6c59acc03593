"""The refusal of an act of the register, told alike by every command that acts."""

from attrtrack.cli.output import print_findings, print_row
from attrtrack.domain.findings import Finding
from attrtrack.errors import AttrtrackError, GateRefusedError, InputRefusedError, TransitionNotAllowedError
from attrtrack.workflow import shapes

REFUSED = (GateRefusedError, InputRefusedError, TransitionNotAllowedError)


def tell_refused_act(error: AttrtrackError, *, as_json: bool) -> int:
    """Tell why an act was refused and return the status; to people, an error without findings is raised on."""
    if isinstance(error, GateRefusedError):
        findings = [item for item in error.findings if isinstance(item, Finding)]
        if as_json:
            print_row({"refused": True, "findings": shapes.finding_rows(findings)})
        else:
            print(error.message)
            print_findings(findings)
        return 1
    if not as_json:
        raise error
    print_row({"refused": True, "findings": [], "error": shapes.error_row(error)})
    return 1
