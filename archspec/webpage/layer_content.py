"""What can be laid over the views of the page."""

from archspec.frozen import frozen


@frozen
class ReadingContent:
    """What is known of a component; of several drawn as one, that of the highest rank is shown."""

    component: str
    text: str
    tint: str
    rank: float
    note: str


@frozen
class LayerContent:
    """One overlay. `keys` are tints and what they mean; `notes` say what no card can show."""

    name: str
    summary: str
    readings: tuple[ReadingContent, ...]
    keys: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
