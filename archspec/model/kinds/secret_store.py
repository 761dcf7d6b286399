"""Secret store."""

from typing import Literal

from archspec.model import Kind, Role, Shape, Store


class SecretStore(Store):
    """Keeps passwords, keys and certificates and gives them to who may have them, such as Vault."""

    kind: Literal["secret_store"] = "secret_store"


KIND = Kind(
    "secret_store",
    "Secret store",
    Role.STORE,
    Shape.STORE,
    SecretStore,
    other_names=("vault", "secrets", "secret_manager", "secrets_manager", "key_management", "key_vault", "kms"),
)
