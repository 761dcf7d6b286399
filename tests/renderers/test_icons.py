"""Icons are found by the product's name, however it is spelt."""

import pytest

from archspec.model import Shape
from archspec.renderers.icons import shape_icon, technologies, technology_icon


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


@pytest.mark.parametrize(
    ("technology", "icon"),
    [
        ("Azure Functions", "azure.compute.FunctionApps"),
        ("Google Cloud Functions", "gcp.compute.Functions"),
        ("Oracle Database 19c", "azure.databases.OracleDatabase"),
        ("OCI Functions", "oci.compute.Functions"),
        ("Alibaba Cloud ECS", "alibabacloud.compute.ECS"),
        ("IBM Cloud Object Storage", "ibm.general.ObjectStorage"),
        ("DigitalOcean Droplet", "digitalocean.compute.Droplet"),
    ],
)
def test_a_product_that_names_its_maker_has_the_makers_icon(technology: str, icon: str):
    found = technology_icon(technology)
    assert found is not None
    assert f"{found.module}.{found.name}" == icon


def test_every_technology_that_is_listed_has_the_icon_it_is_listed_with():
    listed = technologies()
    assert len(listed) > 2_300
    assert [icon.technology for icon in listed if technology_icon(icon.technology) != icon] == []


@pytest.mark.parametrize(
    "technology", ["", "Google Cloud", "pm2", "valkey", "our own thing", "<script>", "..", "../../etc/passwd"]
)
def test_what_is_no_product_has_none(technology: str):
    assert technology_icon(technology) is None


def test_every_icon_of_a_shape_exists():
    icons = [icon for icon in map(shape_icon, Shape) if icon]
    assert [icon.name for icon in icons] == ["User", "Client", "Server", "GenericDatabase", "Internet"]
    assert all(icon.file.exists() for icon in icons)
