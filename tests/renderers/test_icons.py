"""Icons are found by the product's name, however it is spelt."""

import pytest

from archspec.model.shape import Shape
from archspec.renderers.icons import shape_icon, technology_icon


@pytest.mark.parametrize(
    ("technology", "name"),
    [
        ("postgresql", "Postgresql"),
        ("Postgres 16", "Postgresql"),
        ("nginx", "Nginx"),
        ("Node.js", "Nodejs"),
        ("c++", "Cpp"),
        ("C#", "Csharp"),
        ("Amazon S3", "S3"),
        ("apache kafka", "Kafka"),
    ],
)
def test_a_product_has_its_icon(technology: str, name: str):
    icon = technology_icon(technology)
    assert icon is not None
    assert (icon.name, icon.file.suffix, icon.file.exists()) == (name, ".png", True)


@pytest.mark.parametrize("technology", ["", "pm2", "valkey", "our own thing", "<script>", "..", "../../etc/passwd"])
def test_what_is_no_product_has_none(technology: str):
    assert technology_icon(technology) is None


def test_every_icon_of_a_shape_exists():
    icons = [icon for icon in map(shape_icon, Shape) if icon]
    assert [icon.name for icon in icons] == ["User", "Client", "Server", "GenericDatabase", "Internet"]
    assert all(icon.file.exists() for icon in icons)
