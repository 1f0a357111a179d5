"""A real Prometheus that watches a desk as ``deploy/prometheus/prometheus.yml`` says, on a port of its own."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from ruamel.yaml import YAML

from bot.commands.programs import free_ports
from tests.prometheus import ALERTS

INTERVAL = "1s"


class Prometheus:
    """What it has gathered, asked for as Grafana does."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=10, trust_env=False)

    def is_ready(self) -> bool:
        try:
            return self._client.get("/-/ready").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def values(self, expression: str) -> list[float]:
        """The value of each series an expression of the dashboard gives now; those that are no number are left out."""
        query = expression.replace("$__rate_interval", "1m")
        answer = self._client.get("/api/v1/query", params={"query": query})
        assert answer.status_code == httpx.codes.OK, f"{query}: {answer.text}"
        found = [float(series["value"][1]) for series in answer.json()["data"]["result"]]
        return [value for value in found if not math.isnan(value)]


@contextmanager
def prometheus(folder: Path, targets: Mapping[str, str]) -> Iterator[Prometheus]:
    """Scrapes the process of each job at that address; skips, or fails where services are required, if there is none."""
    (port,) = free_ports(1)
    config = folder / "prometheus.yml"
    with config.open("w", encoding="utf-8") as file:
        YAML().dump(_config(targets), file)
    command = [
        _program(),
        f"--config.file={config}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
    ]
    with (folder / "log.txt").open("w", encoding="utf-8") as log, subprocess.Popen(command, stderr=log) as server:
        try:
            yield Prometheus(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


def _config(targets: Mapping[str, str]) -> dict[str, Any]:
    """The one that is shipped, for other addresses, more often, and without a token."""
    shipped: dict[str, Any] = YAML(typ="safe").load((ALERTS.parent / "prometheus.yml").read_text(encoding="utf-8"))
    assert [job["job_name"] for job in shipped["scrape_configs"]] == list(targets)
    shipped["rule_files"] = [str(ALERTS)]
    shipped["global"] = {"scrape_interval": INTERVAL, "evaluation_interval": INTERVAL}
    for job in shipped["scrape_configs"]:
        del job["authorization"]
        job["static_configs"] = [{"targets": [urlsplit(targets[job["job_name"]]).netloc]}]
    return shipped


def _program() -> str:
    found = shutil.which("prometheus")
    if found is None and os.environ.get("PROMODESK_REQUIRE_SERVICES") == "1":
        pytest.fail("no prometheus to ask what the dashboard asks")
    if found is None:
        pytest.skip("no prometheus to ask what the dashboard asks; it is in Debian's package prometheus")
    return found
