"""Bitmaps: written with the bundled fonts and, where those lack a character, with the system's; never too large."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.errors import MissingExtraError
from archspec.language import load
from archspec.renderers import build_scene, find_view, place, render, renderer_for
from archspec.renderers.bitmap import LARGEST, MOST, bitmap, strange, unwritable
from archspec.renderers.renderer import Options
from archspec.renderers.svg.diagram import draw

SPECS = Path(__file__).parent / "specs"
SCRIPTS = SPECS / "labels-of-many-scripts.yaml"


def has_font(char: str) -> bool:
    """Whether fontconfig knows a font with this character."""
    try:
        command = ["fc-list", f":charset={ord(char):x}", "file"]
        return bool(subprocess.run(command, capture_output=True, check=False, timeout=30).stdout.strip())
    except OSError:
        return False


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def written(text: str) -> bytes:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" font-family="Inter">{text}</svg>'
    return bitmap(svg).data


def a_text(words: str) -> str:
    return f'<text x="5" y="20">{words}</text>'


@pytest.mark.parametrize(
    ("script", "char"),
    [("Arabic", "م"), ("Hebrew", "ש"), ("Chinese", "订"), ("Japanese", "デ"), ("Korean", "벤"), ("Thai", "จ")],
)
def test_a_script_is_written_with_a_font_of_the_system(script: str, char: str) -> None:
    if not has_font(char):
        pytest.skip(f"no font of this machine has {script} letters; install one (fonts-noto-core, fonts-noto-cjk)")
    assert written(a_text(char)) != written("")
    assert unwritable(a_text(char)) == ()


def test_characters_that_no_font_has_are_named_once_each_and_all_others_are_not() -> None:
    text = a_text("a\U000f0000b\U000f0001\U000f0000")
    said = "no font on this machine has U+F0000 U+F0001, which stay blank; svg leaves them to the reader."
    assert unwritable(text) == (said,)
    assert written(a_text("\U000f0000")) == written("")


def test_marks_and_joiners_without_ink_are_not_missed() -> None:
    assert unwritable(a_text("e\u0301 \u200d \ufe0f")) == ()


def test_every_character_of_a_picture_of_many_scripts_is_painted_or_named() -> None:
    architecture = load(SCRIPTS)
    made = render(renderer_for("png"), architecture, find_view(architecture, None))
    drawn = strange(draw(place(build_scene(architecture, find_view(architecture, None)))))
    without = [char for char in drawn if not has_font(char)]
    assert {char for char in without if not any(char in note for note in made.notes)} == set()
    assert len(drawn) > 60


def test_pictures_in_the_bundled_letters_do_not_depend_on_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    import resvg_py

    asked: list[object] = []
    real = resvg_py.svg_to_bytes

    def painted(**options: object) -> bytes:
        asked.append(options["skip_system_fonts"])
        return real(**options)  # type: ignore[arg-type]

    monkeypatch.setattr(resvg_py, "svg_to_bytes", painted)
    written(a_text("naïve Größe"))
    written(a_text("订单"))
    assert asked[0] is True
    assert set(asked[1:]) == {False}


def test_a_picture_too_large_for_a_bitmap_is_painted_smaller_with_a_word() -> None:
    architecture = load(SPECS / "chain-of-60.yaml")
    made = render(renderer_for("png"), architecture, find_view(architecture, None), Options(scale=10))
    width, height = size(made.data)
    assert max(width, height) <= LARGEST
    assert width * height <= MOST * 1.01
    assert "instead of 10; svg shows every detail" in made.notes[-1]


@pytest.mark.slow
def test_a_star_of_many_is_folded_and_painted_as_it_was_asked() -> None:
    architecture = load(SPECS / "star-of-120.yaml")
    made = render(renderer_for("png"), architecture, find_view(architecture, None), Options(scale=10))
    assert max(size(made.data)) <= LARGEST
    assert made.notes[-1].startswith("121 components are more than a picture can show: 2 boxes stand for them")


@pytest.mark.parametrize("spec", ["chain-of-60", pytest.param("star-of-120", marks=pytest.mark.slow)])
def test_a_long_chain_and_a_wide_star_are_built(spec: str, tmp_path: Path) -> None:
    assert run(["build", str(SPECS / f"{spec}.yaml"), "-o", str(tmp_path / "out")]) == 0
    assert max(size((tmp_path / "out/views/overview.png").read_bytes())) <= LARGEST


@pytest.mark.slow
def test_a_hundred_and_fifty_components_in_three_zones_are_built(tmp_path: Path) -> None:
    assert run(["build", str(SPECS / "zones-150.yaml"), "-o", str(tmp_path / "out"), "-q"]) == 1
    assert (tmp_path / "out/views/deployment.png").is_file()


def test_without_its_extra_a_pdf_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"^PDF needs the extra 'pdf'; pip install 'archspec-code\[pdf\]'\.$"):
        render(renderer_for("pdf", None), load(SCRIPTS), find_view(load(SCRIPTS), None))
