"""What deploys the app is valid, runs without rights, and says the same in every file."""

import re
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

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
    assert kinds == {"Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget"}


def test_a_container_has_no_rights_writes_nowhere_but_tmp_and_is_asked_how_it_is() -> None:
    spec = manifest("deployment")["spec"]["template"]["spec"]
    (container,) = spec["containers"]
    assert spec["securityContext"]["runAsNonRoot"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert [mount["mountPath"] for mount in container["volumeMounts"]] == ["/tmp"]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert f"USER {spec['securityContext']['runAsUser']}:" in image
    assert f"EXPOSE {container['ports'][0]['containerPort']}" in image


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
