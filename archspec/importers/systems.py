"""The name of a system by the folder that its files lie in."""

from pathlib import Path

_SAYS_NOTHING = frozenset(
    {"release", "releases", "manifest", "manifests", "deploy", "deployment", "deployments", "k8s", "kubernetes"}
    | {"kube", "openshift", "config", "configs", "base", "overlay", "overlays", "src", "source", "docker", "compose"}
    | {"examples", "docker-compose", "example", "infra", "infrastructure", "ops", "charts", "helm", "resources"}
    | {"prod", "production", "dev", "staging", "complete-demo", "yaml", "tmp", "test", "terraform"}
)


def system_name(path: Path | None) -> str | None:
    """The name of the nearest folder that says more than what sort of file is in it; None for standard input."""
    if path is None:
        return None
    for folder in path.absolute().parents:
        if folder.name and folder.name.lower() not in _SAYS_NOTHING:
            return folder.name
    return None
