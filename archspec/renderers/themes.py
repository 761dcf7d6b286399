"""The built-in themes by name, and themes of one's own in TOML."""

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from archspec.errors import UsageError
from archspec.language import did_you_mean, listed
from archspec.language.reader.toml import parse_toml, toml_text
from archspec.renderers.theme import DEFAULT, Colour, Theme, Tone

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
AA = 4.5
"""The least contrast of text on its ground that WCAG 2.1 level AA asks for (success criterion 1.4.3)."""


def _plain(name: str, ink: Colour, page: Colour, faint: Colour) -> Theme:
    """A theme of one ink on one page: every family looks alike, and shape and words alone tell them apart."""
    tone = Tone(page, ink)
    families = ("people", "network", "compute", "data", "external", "observation", "channel", "delivery", "good", "bad")
    changes: dict[str, Any] = dict.fromkeys(families, tone)
    changes |= dict.fromkeys(("page", "card", "layer", "plate", "badge_text"), page)
    changes |= dict.fromkeys(("border", "text", "plate_border", "badge", "request", "asynchronous", "changed"), ink)
    return replace(DEFAULT, name=name, faint_text=faint, **changes)


_WHITE = Colour("#ffffff", "#ffffff")
PRINT = _plain("print", Colour("#111111", "#111111"), _WHITE, Colour("#444444", "#444444"))
HIGH_CONTRAST = _plain(
    "high-contrast", Colour("#000000", "#ffffff"), Colour("#ffffff", "#000000"), Colour("#000000", "#ffffff")
)
THEMES = {theme.name: theme for theme in (DEFAULT, PRINT, HIGH_CONTRAST)}


def find_theme(name: str, *, allow_outside: bool = False) -> Theme:
    """The built-in theme of this name, else the one in this TOML file; a link must stay in the file's folder.

    Raises:
        UsageError: there is neither, or the file is no theme.

    """
    if name in THEMES:
        return THEMES[name]
    if not name.endswith(".toml"):
        remedy = did_you_mean(name, THEMES, f"it may be {listed(THEMES)}, or a .toml file.")
        raise UsageError(f"there is no theme `{name}`; {remedy}")
    path = Path(name)
    return read_theme(parse_toml(toml_text(path, allow_outside=allow_outside), path), name)


def read_theme(data: dict[str, Any], file: str) -> Theme:
    """A theme from `extends = "default"` and the colours that differ.

    A colour is `"#0f172a"`, or `{light = "#0f172a", dark = "#e8eef5"}`; a family (`compute`, `data`, …) is
    `{ground = …, ink = …}`.

    Raises:
        UsageError: a key or a colour is wrong; it says which.

    """
    base = data.get("extends", "default")
    if not isinstance(base, str) or base not in THEMES:
        raise UsageError(f"{file}: `extends` does not name a theme; it may be {listed(THEMES)}.")
    theme = THEMES[base]
    known = {field.name: getattr(theme, field.name) for field in fields(theme) if field.name != "name"}
    changes: dict[str, Any] = {"name": str(data.get("name", Path(file).stem))}
    for key, value in data.items():
        if key in ("name", "extends"):
            continue
        if key not in known:
            raise UsageError(
                f"{file}: a theme has no `{key}`; {did_you_mean(key, known, f'it has {listed(known, 40)}.')}"
            )
        read = _tone if isinstance(known[key], Tone) else _colour
        changes[key] = read(value, known[key], f"{file}: {key}")
    return replace(theme, **changes)


def _tone(value: Any, base: Tone, where: str) -> Tone:
    if not isinstance(value, dict) or not set(value) <= {"ground", "ink"}:
        raise UsageError(f"{where} is a family of colours; write it as {{ground = …, ink = …}}.")
    ground = _colour(value["ground"], base.ground, f"{where}.ground") if "ground" in value else base.ground
    ink = _colour(value["ink"], base.ink, f"{where}.ink") if "ink" in value else base.ink
    return Tone(ground, ink)


def _colour(value: Any, base: Colour, where: str) -> Colour:
    if isinstance(value, dict) and set(value) <= {"light", "dark"}:
        both = {"light": base.light, "dark": base.dark, **value}
    else:
        both = {"light": value, "dark": value}
    for colour in both.values():
        if not isinstance(colour, str) or not _HEX.fullmatch(colour):
            said = f"`{colour}`" if isinstance(colour, str) else "this"
            raise UsageError(f"{where}: {said} is not a colour; write six hexadecimal digits, such as #0f172a.")
    return Colour(both["light"], both["dark"])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1, definition of contrast ratio).

    >>> round(contrast("#000000", "#ffffff"), 2)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faint_pairs(theme: Theme) -> list[str]:
    """The texts of a theme that stay under level AA on their ground, each as a sentence."""
    found = []
    for scheme in ("light", "dark"):
        for text in ("text", "faint_text"):
            for ground in ("page", "card", "layer", "plate"):
                ink, paper = getattr(getattr(theme, text), scheme), getattr(getattr(theme, ground), scheme)
                ratio = contrast(ink, paper)
                if ratio < AA:
                    found.append(f"{text} on {ground} ({scheme}) has a contrast of {ratio:.1f}, under {AA}.")
    return found
