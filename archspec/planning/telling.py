"""A plan in words."""

from archspec.planning.values import Change, Margin, Plan
from archspec.values import duration, factor, number, percent


def headline(plan: Plan) -> str:
    """What to change, in a sentence."""
    load = f"{factor(float(plan.level))} the load" if plan.level != 1 else "the load as it is"
    if plan.change is None:
        return f"no change was found that keeps every promise at {load} with one part lost"
    if not plan.change.settings:
        return f"every promise is kept at {load} with one part lost, as the spec is"
    return f"the smallest change that keeps every promise at {load} with one part lost"


def settings(change: Change) -> list[str]:
    """Each field with its value before and after."""
    return [f"{each.key}: {number(float(each.before))} -> {number(float(each.after))}" for each in change.settings]


def options(change: Change) -> str:
    """As `--set` takes it."""
    return " ".join(f"--set '{each.key}={number(float(each.after))}'" for each in change.settings)


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
