"""What lint found, each with its place in the spec and a link to the rule."""

from archspec.renderers import Html, code, inline, prose, tag
from archspec.validators import Rule, Severity
from archspec.values import count
from archspec.webpage import FindingContent, PageContent, anchor, empty, pill, section, tone_of


def findings(content: PageContent) -> Html:
    """All findings in the order of severity, then of the spec."""
    closing = tag("p", inline(content.not_judged), class_="note") if content.not_judged else None
    if not content.findings:
        return section("findings", "Findings", "", empty("Lint found nothing to object to."), closing)
    order = list(Severity)
    indices = sorted(range(len(content.findings)), key=lambda i: order.index(content.findings[i].finding.severity))
    cards = [_finding(content.findings[i], i) for i in indices]
    return section("findings", "Findings", _counts(content), tag("ol", *cards, class_="findings"), closing)


def _counts(content: PageContent) -> str:
    counts = {severity: sum(f.finding.severity is severity for f in content.findings) for severity in Severity}
    parts = [count(n, severity.value) for severity, n in counts.items() if n]
    return ", ".join(parts) + "."


def _finding(content: FindingContent, index: int) -> Html:
    found, tone = content.finding, tone_of(content.finding.severity)
    return tag(
        "li",
        tag(
            "p",
            pill(found.severity.value, tone),
            tag(
                "a",
                tag("code", found.code),
                tag("span", content.name),
                href=f"#{anchor('rule', found.code)}",
                class_="rule-link",
            ),
            tag("span", found.span.label, class_="place") if found.span else None,
            class_="finding-head",
        ),
        tag("p", inline(found.text), class_="message"),
        code(content.frame, f"{found.code} in the spec") if content.frame else None,
        tag("ul", *(tag("li", inline(f"{span.label}: {word}")) for span, word in found.related), class_="related")
        if found.related
        else None,
        id=f"finding-{index + 1}",
        class_=f"card finding {tone.value}",
    )


def rules(spoke: tuple[Rule, ...]) -> Html | None:
    """One folded page per rule; none where nothing was found."""
    if not spoke:
        return None
    folded = [
        tag(
            "details",
            tag("summary", tag("code", rule.code), tag("span", rule.name, class_="name")),
            tag("div", prose(f"{rule.documentation.summary}\n\n{rule.documentation.markdown}"), class_="prose"),
            id=anchor("rule", rule.code),
        )
        for rule in spoke
    ]
    return section(
        "rules",
        "Rules",
        "What the rules behind the findings check, and why.",
        tag("div", *folded, class_="card components"),
    )
