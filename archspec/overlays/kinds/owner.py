"""Who answers for each component."""

from archspec.overlays import Overlay, Subject
from archspec.renderers import Key, Layer, Reading, Tint

TINTS = (Tint.FIRST, Tint.SECOND, Tint.THIRD, Tint.FOURTH, Tint.FIFTH, Tint.SIXTH)


def layer(subject: Subject) -> Layer:
    """The owner of each; a tint for each of the first six, one for all others."""
    architecture = subject.architecture
    owners = {each.id: architecture.owner_of(each) for each in architecture.components.values()}
    names = list(dict.fromkeys(owner for owner in owners.values() if owner))
    tints = {name: TINTS[number] if number < len(TINTS) else Tint.OTHER for number, name in enumerate(names)}
    readings = {id_: Reading(owner, tints[owner]) for id_, owner in owners.items() if owner}
    keys = [Key(tint, name) for name, tint in tints.items() if tint is not Tint.OTHER]
    return Layer("owner", readings, (*keys, Key(Tint.OTHER, "others")))


OVERLAY = Overlay("owner", "who answers for each", layer)
