"""Identity provider."""

from typing import Literal

from archspec.model import Kind, Role, Running, Shape


class IdentityProvider(Running):
    """Says who somebody is and gives out tokens, such as Keycloak or Okta."""

    kind: Literal["identity_provider"] = "identity_provider"


KIND = Kind(
    "identity_provider",
    "Identity provider",
    Role.COMPUTE,
    Shape.SERVER,
    IdentityProvider,
    other_names=("idp", "oidc", "sso", "keycloak", "auth0", "okta"),
)
