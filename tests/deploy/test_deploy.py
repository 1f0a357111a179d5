"""What the linters of ``deploy/lint`` cannot know: that the files agree with the desk, and publish nothing but its front."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.commands.processes import Part
from bot.config import ROOT, read_settings
from bot.settings_table import SETTINGS

DEPLOY = ROOT / "deploy"
NAMES = {setting.name for setting in SETTINGS}
MADE_BY_THE_DESK = {"gateway", "rasa", "actions", "outbox", "migrate"}


def read(path: Path) -> list[dict[str, Any]]:
    return list(YAML(typ="safe").load_all(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    return read(DEPLOY / "compose.yml")[0]["services"]


@pytest.fixture(scope="module")
def manifests() -> list[dict[str, Any]]:
    files = read(DEPLOY / "kubernetes" / "kustomization.yaml")[0]["resources"]
    return [manifest for file in files for manifest in read(DEPLOY / "kubernetes" / file)]


def test_only_the_proxy_is_published_and_only_it_is_beside_the_gateways(services: dict[str, dict[str, Any]]) -> None:
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert read(DEPLOY / "compose.yml")[0]["networks"]["back"]["internal"] is True
    in_front = {name for name, service in services.items() if "front" in service["networks"]}
    assert in_front == {"proxy", "gateway-1", "gateway-2", "outbox"}
    assert services["proxy"]["networks"] == ["front"]


def test_every_service_is_limited_and_writes_nothing_to_its_image(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert service["read_only"] is True and service["mem_limit"] and service["cpus"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_every_part_runs_and_what_is_asked_often_has_a_check(services: dict[str, dict[str, Any]]) -> None:
    parts = [service["command"][0] for service in services.values() if service["image"] == "promodesk"]
    assert set(parts) == {*(part.value for part in Part), "migrate"}
    assert [parts.count(part) for part in ("gateway", "rasa", "actions", "outbox")] == [2, 2, 2, 1]
    assert [name for name, service in services.items() if "healthcheck" not in service] == [
        "proxy",
        "outbox",
        "migrate",
    ]


def test_the_settings_of_the_containers_are_settings_of_the_desk(services: dict[str, dict[str, Any]]) -> None:
    given = services["gateway-1"]["environment"]
    assert {name.removesuffix("_FILE") for name in given} <= NAMES | {"PGPASSWORD"}
    settings = read_settings({name: value for name, value in given.items() if name in NAMES})
    hosts = {re.sub(r"https?://|:\d+$", "", url) for url in (*settings.rasa_urls, *settings.actions_urls)}
    assert hosts == {name for name in services if name.startswith(("rasa", "actions"))}
    example = (DEPLOY / "compose.env.example").read_text(encoding="utf-8")
    read_settings(dict(line.split("=", 1) for line in example.splitlines() if not line.startswith("#")))


def test_nginx_knows_every_gateway_and_passes_on_nothing_a_client_says_of_itself(
    services: dict[str, dict[str, Any]],
) -> None:
    configuration = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    gateways = set(re.findall(r"server (\S+):8000", configuration))
    assert gateways == {name for name in services if name.startswith("gateway")}
    assert "X-Forwarded-For $remote_addr;" in configuration and "proxy_add_x_forwarded_for" not in configuration


def test_every_manifest_is_listed_and_every_setting_is_known(manifests: list[dict[str, Any]]) -> None:
    listed = read(DEPLOY / "kubernetes" / "kustomization.yaml")[0]["resources"]
    there = {file.name for file in (DEPLOY / "kubernetes").glob("*.yaml")}
    assert there - set(listed) == {"kustomization.yaml", "secret.example.yaml"}
    given = next(manifest["data"] for manifest in manifests if manifest["kind"] == "ConfigMap")
    assert set(given) <= NAMES and set(read(DEPLOY / "kubernetes" / "secret.example.yaml")[0]["stringData"]) <= NAMES
    read_settings(given)


def test_no_pod_may_do_more_than_it_has_to(manifests: list[dict[str, Any]]) -> None:
    pods = {
        manifest["metadata"]["name"]: manifest["spec"]["template"]["spec"]
        for manifest in manifests
        if "template" in manifest.get("spec", {})
    }
    assert set(pods) == MADE_BY_THE_DESK
    for name, pod in pods.items():
        (container,) = pod["containers"]
        assert container["args"] == [name] and container["resources"]["limits"]["memory"]
        assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


def test_a_rasa_for_each_address_that_the_gateways_know(manifests: list[dict[str, Any]]) -> None:
    given = next(manifest["data"] for manifest in manifests if manifest["kind"] == "ConfigMap")
    rasa = next(manifest["spec"] for manifest in manifests if manifest["kind"] == "StatefulSet")
    known = [f"http://rasa-{number}.rasa:5005" for number in range(rasa["replicas"])]
    assert given["PROMODESK_RASA_URL"].split(",") == known


def test_a_secret_can_be_a_file_and_a_part_is_named_by_one_word(tmp_path: Path) -> None:
    for name, text in (("secret", "from $a 'file'\n"), ("password", "hush")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for folder in ("deploy", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "deploy/run").write_text((DEPLOY / "run").read_text(encoding="utf-8"), encoding="utf-8")
    desk = tmp_path / ".venv/bin/promodesk"
    desk.write_text('#!/bin/sh\necho "$@ [$PROMODESK_SECRET] [$PGPASSWORD]"\n', encoding="utf-8")
    desk.chmod(0o755)
    files = {"PROMODESK_SECRET_FILE": str(tmp_path / "secret"), "PGPASSWORD_FILE": str(tmp_path / "password")}

    said = [
        subprocess.run(
            ["sh", str(tmp_path / "deploy/run"), *given],
            env={"PATH": os.environ["PATH"], **files},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for given in (["rasa"], ["agent", "list"])
    ]

    assert said == ["serve rasa [from $a 'file'] [hush]\n", "agent list [from $a 'file'] [hush]\n"]
