"""Names as other tools allow them, and documents as they read them."""

import re
from typing import Any


def slug(text: str) -> str:
    """Small letters, digits and hyphens, as Kubernetes names things.

    >>> slug("Online Boutique (v2)"), slug("商店")
    ('online-boutique-v2', 'system')
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-") or "system"


def yaml_text(*documents: dict[str, Any]) -> str:
    """YAML documents, keys in the order given."""
    import yaml

    texts = (yaml.safe_dump(each, sort_keys=False, allow_unicode=True, width=2**20) for each in documents)
    return "---\n".join(texts)
