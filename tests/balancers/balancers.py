"""What HAProxy and nginx are told, in as few lines as they need."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.balancers.twin import free_ports, running

_HAPROXY = """global
  stats socket unix@admin.sock level admin
defaults
  mode http
  retries 0
  timeout connect 1s
  timeout client 30s
  timeout server {patience}
  timeout queue 30s
frontend front
  bind 127.0.0.1:{port}
  {rules}
  default_backend api
backend api
  balance {algorithm}
  http-reuse never
{servers}
"""
_NGINX = """daemon off;
worker_processes 1;
error_log error.log;
pid nginx.pid;
events {{ worker_connections 4000; }}
http {{
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  upstream api {{ {algorithm} {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://api;
      proxy_connect_timeout 1s;
      proxy_read_timeout {patience};
      proxy_next_upstream {again};
      {rules}
    }}
  }}
}}
"""


@contextmanager
def haproxy(
    folder: Path, ports: Sequence[int], algorithm: str, server: str = "", rules: str = "", patience: str = "30s"
) -> Iterator[int]:
    """HAProxy before these replicas; `server` is said of each of them. Gives the port."""
    (port,) = free_ports(1)
    servers = "\n".join(f"  server api-{place} 127.0.0.1:{each} {server}" for place, each in enumerate(ports, 1))
    config = _HAPROXY.format(
        port=port, algorithm=algorithm or "roundrobin", servers=servers, rules=rules, patience=patience
    )
    (folder / "haproxy.cfg").write_text(config)
    with running(["haproxy", "-db", "-f", "haproxy.cfg"], folder, port):
        yield port


def tell_haproxy(folder: Path, command: str) -> str:
    """Give HAProxy an order while it runs, and get its answer."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(folder / "admin.sock"))
        line.sendall(f"{command}\n".encode())
        return b"".join(iter(lambda: line.recv(4096), b"")).decode()


def sessions(folder: Path, place: int) -> int:
    """How many requests HAProxy has under way at the replica of this place."""
    lines = tell_haproxy(folder, "show stat").splitlines()
    names = lines[0].removeprefix("# ").split(",")
    rows = (dict(zip(names, line.split(","), strict=False)) for line in lines[1:])
    return next(int(row["scur"]) for row in rows if row.get("svname") == f"api-{place + 1}")


@contextmanager
def nginx(
    folder: Path, ports: Sequence[int], algorithm: str = "", server: str = "max_fails=0", again: str = "off",
    rules: str = "", patience: str = "30s",
) -> Iterator[int]:  # fmt: skip
    """Nginx before these replicas; `again` says after what it asks the next one. Gives the port."""
    (port,) = free_ports(1)
    servers = " ".join(f"server 127.0.0.1:{each} {server};" for each in ports)
    config = _NGINX.format(port=port, algorithm=algorithm, servers=servers, again=again, rules=rules, patience=patience)
    (folder / "nginx.conf").write_text(config)
    with running(["nginx", "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"], folder, port):
        yield port
