"""What deploys the app is valid, runs without rights, and says the same in every file."""

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests import image

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
KUBERNETES = "1.31"


def manifest(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "kubernetes" / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_a_manifest_follows_the_schema_of_kubernetes_and_a_mistake_would_be_found(path: Path) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    kubernetes_validate.validate(content, KUBERNETES, strict=True)
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({**content, "spek": {}}, KUBERNETES, strict=True)


def test_there_is_a_manifest_of_every_kind_that_is_needed() -> None:
    kinds = {yaml.safe_load(path.read_text(encoding="utf-8"))["kind"] for path in MANIFESTS}
    needed = {"Deployment", "Service", "Ingress", "NetworkPolicy", "HorizontalPodAutoscaler", "PodDisruptionBudget"}
    assert kinds == needed


def test_a_container_has_no_rights_writes_nowhere_but_tmp_and_is_asked_how_it_is() -> None:
    spec = manifest("deployment")["spec"]["template"]["spec"]
    (container,) = spec["containers"]
    assert spec["securityContext"]["runAsNonRoot"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert [mount["mountPath"] for mount in container["volumeMounts"]] == ["/tmp"]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert f"USER {spec['securityContext']['runAsUser']}:" in dockerfile
    assert f"EXPOSE {container['ports'][0]['containerPort']}" in dockerfile


def test_names_and_limits_agree_in_every_file() -> None:
    deployment, service, ingress = manifest("deployment"), manifest("service"), manifest("ingress")
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert service["spec"]["selector"] == labels == manifest("disruption-budget")["spec"]["selector"]["matchLabels"]
    backend = ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend["name"] == service["metadata"]["name"]
    target = manifest("autoscaling")["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", deployment["metadata"]["name"])
    assert manifest("autoscaling")["spec"]["minReplicas"] == deployment["spec"]["replicas"]
    limit = deployment["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]["memory"]
    assert compose()["services"]["app1"]["mem_limit"].upper() + "I" == limit.upper()
    assert manifest("network-policy")["spec"]["podSelector"]["matchLabels"] == labels
    for name in ("ingress-data", "ingress-inside"):
        (rule,) = manifest(name)["spec"]["rules"]
        assert rule["host"] == ingress["spec"]["rules"][0]["host"]
        assert all(path["backend"]["service"] == backend for path in rule["http"]["paths"])


def test_the_image_holds_what_runs_the_app_and_nothing_else() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+) ", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(copied) == {"requirements.txt", "app.py", ".streamlit", "data", "model", "pages"}
    assert all((ROOT / name).exists() for name in copied)
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert {f"!{name}" for name in copied} == {line for line in let_in if line.startswith("!")}


def test_the_proxy_knows_the_servers_that_compose_starts() -> None:
    servers = set(re.findall(r"server (\w+):8501", (DEPLOY / "nginx.conf").read_text(encoding="utf-8")))
    assert servers == set(compose()["services"]) - {"proxy"}
    assert compose()["services"]["app1"]["read_only"]


def directives(name: str) -> list[str]:
    """The values of a directive of the proxy, in their order."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    return re.findall(rf"^ *{name} ([^;]+);", text, re.MULTILINE)


def test_every_image_is_named_by_its_digest() -> None:
    by_digest = re.compile(r"\S+:\S+@sha256:[0-9a-f]{64}")
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    (base,) = re.findall(r"^ARG BASE=(.+)$", dockerfile, re.MULTILINE)
    assert by_digest.fullmatch(base)
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)) == {"${BASE}"}
    assert by_digest.fullmatch(compose()["services"]["proxy"]["image"])


def test_the_image_installs_the_lock_and_nothing_without_a_hash() -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes --only-binary :all: -r /build/requirements.txt" in dockerfile


LONGEST_STOP_S = 16
"""What it took to answer 66 tables that waited when the server was told to end."""


def test_a_server_has_the_time_to_end() -> None:
    spec = manifest("deployment")["spec"]["template"]["spec"]
    (container,) = spec["containers"]
    before = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
    assert spec["terminationGracePeriodSeconds"] >= before + 2 * LONGEST_STOP_S
    assert int(compose()["services"]["app1"]["stop_grace_period"].removesuffix("s")) > LONGEST_STOP_S


@pytest.mark.parametrize("name", ["app1", "app2", "proxy"])
def test_a_service_is_bounded_in_memory_threads_files_and_log(name: str) -> None:
    service = compose()["services"][name]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["ulimits"]["nofile"] >= 2 * int(directives("worker_connections")[0])
    assert set(service["logging"]["options"]) == {"max-size", "max-file"}
    assert service["cap_drop"] == ["ALL"]


def test_the_app_trusts_the_one_proxy_before_it() -> None:
    (container,) = manifest("deployment")["spec"]["template"]["spec"]["containers"]
    networks = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16"
    assert {"name": "FORWARDED_ALLOW_IPS", "value": networks} in container["env"]
    assert compose()["services"]["app1"]["environment"] == {"FORWARDED_ALLOW_IPS": networks}
    assert directives("proxy_set_header X-Forwarded-For") == ["$remote_addr"]


def test_no_proxy_takes_an_overloaded_server_for_a_dead_one() -> None:
    assert directives("proxy_next_upstream") == ["error timeout"]
    for name in ("ingress", "ingress-data"):
        annotations = manifest(name)["metadata"]["annotations"]
        assert annotations["nginx.ingress.kubernetes.io/proxy-next-upstream"] == "error timeout"


def test_the_ingress_has_the_limits_of_the_proxy() -> None:
    tables = manifest("ingress-data")["metadata"]["annotations"]
    limit = {name.removeprefix("nginx.ingress.kubernetes.io/limit-"): value for name, value in tables.items()}
    assert f"tables_under_way {limit['connections']}" in directives("limit_conn")
    assert f"$binary_remote_addr zone=tables:10m rate={limit['rps']}r/s" in directives("limit_req_zone")
    burst = int(limit["rps"]) * int(limit["burst-multiplier"])
    assert f"zone=tables burst={burst} delay={burst // 5}" in directives("limit_req")
    pages = manifest("ingress")["metadata"]["annotations"]["nginx.ingress.kubernetes.io/limit-connections"]
    counts = dict(value.split() for value in directives("limit_conn"))
    assert int(pages) == int(counts["files_under_way"]) + int(counts["sessions_open"])


def test_a_pod_is_asked_by_the_ingress_alone_and_asks_no_neighbour() -> None:
    spec = manifest("network-policy")["spec"]
    assert set(spec["policyTypes"]) == {"Ingress", "Egress"}
    (coming,) = spec["ingress"]
    (container,) = manifest("deployment")["spec"]["template"]["spec"]["containers"]
    assert [port["port"] for port in coming["ports"]] == [container["ports"][0]["containerPort"]]
    names, prices = spec["egress"]
    assert {port["port"] for port in names["ports"]} == {53}
    assert {port["port"] for port in prices["ports"]} == {443}
    outside = [(ip_network(b["cidr"]), [*map(ip_network, b["except"])]) for b in (x["ipBlock"] for x in prices["to"])]
    for neighbour in ("10.1.2.3", "172.20.0.1", "192.168.1.1", "169.254.169.254", "fd00::1", "fe80::1"):
        address = ip_address(neighbour)
        assert not any(address in net and not any(address in n for n in without) for net, without in outside)


def stand_in_builder(folder: Path, port: int, built: int, works: int = 0) -> None:
    """A `docker` that builds nothing, starts nothing and names a port where something answers."""
    script = f"""#!/bin/sh
echo "$@" >> {folder}/asked
case $1 in info) exit {works};; build) exit {built};; run) echo name;; port) echo {HOST}:{port};; esac
"""
    (folder / "docker").write_text(script, encoding="utf-8")
    (folder / "docker").chmod(0o755)


class Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize(
    ("works", "built", "status", "told"),
    [(1, 0, 0, "NOT BUILT"), (0, 1, 1, "BROKEN"), (0, 0, 0, "built by")],
)
def test_the_image_is_built_where_it_can_be_and_else_that_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    works: int,
    built: int,
    status: int,
    told: str,
) -> None:
    with HTTPServer((HOST, 0), Ready) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        stand_in_builder(tmp_path, server.server_port, built, works)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        monkeypatch.setattr(image, "BUILDERS", ("docker",))
        found = image.main()
        server.shutdown()
        thread.join()
    assert found == status
    assert told in capsys.readouterr().out
    asked = (tmp_path / "asked").read_text(encoding="utf-8")
    started = "--read-only --memory=768m" in asked and "--cap-drop=ALL" in asked and "rm --force name" in asked
    assert started == (told == "built by")
