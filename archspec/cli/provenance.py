"""Where this archspec came from, so that a workflow elsewhere can get the same one."""

import json
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

from archspec import __version__
from archspec.frozen import frozen

DISTRIBUTION = "archspec-code"


@frozen
class Provenance:
    """A git repository that anybody may clone, and a revision in it."""

    repository: str
    revision: str


def provenance() -> Provenance:
    """The commit that was installed where the installer wrote it down (PEP 610), else the version's tag."""
    try:
        installed = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        return Provenance("", f"v{__version__}")
    urls = dict(line.split(", ", 1) for line in installed.metadata.get_all("Project-URL") or ())
    home = Provenance(urls.get("Repository", ""), f"v{__version__}")
    record = json.loads(installed.read_text("direct_url.json") or "{}")
    return from_record(record, home)


def from_record(record: dict[str, object], home: Provenance) -> Provenance:
    """What a `direct_url.json` tells; `home` stands in for what it does not."""
    match record:
        case {"url": str(url), "vcs_info": {"vcs": "git", "commit_id": str(commit)}}:
            return Provenance(public(url) or home.repository, commit)
        case {"url": str(url), "dir_info": dict()} if url.startswith("file://"):
            folder = Path(unquote(urlsplit(url).path))
            commit = _git(folder, "rev-parse", "HEAD") if (folder / ".git").exists() else ""
            remote = _git(folder, "remote", "get-url", "origin") if commit else ""
            return Provenance(public(remote) or home.repository, commit or home.revision)
        case _:
            return home


def public(url: str) -> str:
    """The address as HTTPS without a name or password; empty where only this machine could use it.

    >>> public("git@example.org:team/archspec.git"), public("https://user:secret@example.org/archspec")
    ('https://example.org/team/archspec.git', 'https://example.org/archspec')
    >>> public("file:///home/me/archspec"), public("/home/me/archspec")
    ('', '')
    """
    if "://" not in url:
        host, colon, path = url.partition(":")
        return f"https://{host.rpartition('@')[2]}/{path}" if colon and "/" not in host and len(host) > 1 else ""
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http", "ssh", "git+https", "git+ssh") or not parts.hostname:
        return ""
    port = f":{parts.port}" if parts.port and parts.scheme.endswith("https") else ""
    return f"https://{parts.hostname}{port}{parts.path}"


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
