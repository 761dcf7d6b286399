"""A plan in words."""

from archspec.planning.values import Change, Margin, Plan
from archspec.values import count, duration, factor, number, percent

MOST_TOLD = 12


def headline(plan: Plan) -> str:
    """What to change, in a sentence."""
    load = f"{factor(float(plan.level))} the load" if plan.level != 1 else "the load as it is"
    if plan.change is None:
        return f"no change was found that keeps every promise at {load} with one part lost"
    left_out = f" ({count(len(plan.beyond), 'part')} left out)" if plan.beyond else ""
    if not plan.change.settings:
        return f"every promise is kept at {load} with one part lost{left_out}, as the spec is"
    return f"the smallest change that keeps every promise at {load} with one part lost{left_out}"


def settings(change: Change) -> list[str]:
    """Each field with its value before and after."""
    return [f"{each.key}: {number(float(each.before))} -> {number(float(each.after))}" for each in change.settings]


def options(change: Change) -> str:
    """As `--set` takes it."""
    return " ".join(f"--set '{each.key}={number(float(each.after))}'" for each in change.settings)


def tries(plan: Plan) -> list[str]:
    """What was run and what was wrong with it, a sentence each; of many the first ones."""
    changed = [each for each in plan.tried if each.change.settings]
    told = [
        f"{', '.join(settings(each.change))}: {each.verdict.value}" + (f" ({each.why})" if each.why else "")
        for each in changed[:MOST_TOLD]
    ]
    return [*told, f"and {len(changed) - MOST_TOLD} more"] if len(changed) > MOST_TOLD else told


def margin(found: Margin) -> str:
    """How near a flow comes to a promise, and when."""
    without = f", without `{found.without}`" if found.without else ""
    if found.figure == "success":
        value = f"{percent(found.value)} (at least {percent(found.low)})"
        return f"{found.flow} succeeds in {value}, {percent(found.promised)} promised{without}"
    span = f"{duration(found.low)} to {duration(found.high)}"
    return (
        f"{found.flow} {found.figure} is {duration(found.value)} ({span}), {duration(found.promised)} promised{without}"
    )
