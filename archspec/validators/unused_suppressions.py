"""DOC03: suppressions that suppress nothing."""

from collections.abc import Mapping

from archspec.language import closest
from archspec.validators import Finding, Rule, Severity
from archspec.validators.registry import rules
from archspec.validators.suppressions import Suppression

UNUSED_SUPPRESSION = "DOC03"


def unused_suppressions(
    suppressions: tuple[Suppression, ...],
    used: set[Suppression],
    known: Mapping[str, Rule],
    severities: Mapping[str, Severity],
) -> list[Finding]:
    """Suppressions without a reason, of no rule, or of a rule that found nothing there."""
    if UNUSED_SUPPRESSION not in known:
        return []
    severity = severities.get(UNUSED_SUPPRESSION, known[UNUSED_SUPPRESSION].severity)
    found = []
    for suppression in suppressions:
        complaint = _complaint(suppression, used, known)
        if complaint:
            message, remedy = complaint
            found.append(
                Finding(
                    UNUSED_SUPPRESSION, severity, message, remedy, suppression.code or "ignore", (), suppression.span
                )
            )
    return found


def _complaint(suppression: Suppression, used: set[Suppression], known: Mapping[str, Rule]) -> tuple[str, str] | None:
    name = f"`ignore[{suppression.code}]`"
    if not suppression.code:
        return "this `ignore` does not name a rule", "write `# archspec: ignore[CODE] reason`."
    if suppression.code not in known and suppression.code not in rules():
        near = closest(suppression.code, rules())
        return f"{name} does not name a rule", f"write `{near}`." if near else "name one that `archspec rule` lists."
    if not suppression.reason:
        return f"{name} gives no reason and suppresses nothing", "give the reason after the bracket."
    if suppression.code in known and suppression not in used:
        return f"{name} suppresses nothing here", "delete it."
    return None
