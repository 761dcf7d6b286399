"""What can be laid over the views of the page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingContent:
    """What is known of a component; of several drawn as one, that of the highest rank is shown."""

    component: str
    text: str
    tint: str
    rank: float
    note: str


@dataclass(frozen=True, slots=True)
class LayerContent:
    """One overlay. `keys` are tints and what they mean; `notes` say what no card can show."""

    name: str
    summary: str
    readings: tuple[ReadingContent, ...]
    keys: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
