"""What a documentation page gets where a spec cannot be drawn."""

from pathlib import Path

import pytest

from archspec.integrations.picture import PictureError, picture

WRONG = "archspec: 1\nname: Wrong\ncomponents: {api: {kind: sever}}\nconnections: [{mistakes}]\n"


@pytest.mark.parametrize(
    ("mistakes", "in_a_file", "in_the_page"),
    [
        ("", "", ""),
        ("api -> a", "; `archspec lint {spec}` shows 1 more.", " (1 more mistake)."),
        ("api -> a, api -> b", "; `archspec lint {spec}` shows 2 more.", " (2 more mistakes)."),
    ],
)
def test_the_first_mistake_is_told_and_how_to_see_the_others(
    mistakes: str, in_a_file: str, in_the_page: str, tmp_path: Path
) -> None:
    text = WRONG.replace("{mistakes}", mistakes)
    spec = tmp_path / "wrong.yaml"
    spec.write_text(text)
    with pytest.raises(PictureError) as from_file:
        picture(spec, "", None, page="index.md", project=tmp_path)
    with pytest.raises(PictureError) as from_page:
        picture(None, text, None, page="index.md", project=tmp_path)
    what = ":3:26: `sever` is not a kind of component; did you mean `server`?"
    assert str(from_file.value) == f"{spec}{what}{in_a_file.format(spec=spec)}"
    assert str(from_page.value) == f"the spec in index.md{what}{in_the_page}"
    assert (from_file.value.files, from_page.value.files) == ((spec,), ())
