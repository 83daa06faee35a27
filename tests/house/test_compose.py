"""compose.yaml, Dockerfile and Caddyfile name only what the app has."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from starlette.routing import Route
from typer.core import TyperGroup
from typer.exceptions import TyperException

from app.cli import cli
from app.secret_files import PREFIX, secret_fields
from app.settings import Settings
from app.web import probes

HOUSE = Path(__file__).parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((HOUSE / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = (HOUSE / "Dockerfile").read_text(encoding="utf-8")
CADDYFILE = (HOUSE / "Caddyfile").read_text(encoding="utf-8")


def variables() -> set[str]:
    """Every environment variable that the settings read."""
    names = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    return names | {f"{PREFIX}{name.upper()}_FILE" for name in secret_fields(Settings)}


def check_command(words: list[str]) -> None:
    """Fail unless the words are a command of ours with options that it knows."""
    assert words[0] == "vereda"
    command = typer.main.get_command(cli)
    rest = words[1:]
    while isinstance(command, TyperGroup):
        command = command.commands[rest.pop(0)]
    command.make_context("vereda", rest)


def test_the_services_of_the_deployment() -> None:
    assert set(SERVICES) == {
        *("database", "migrate", "app", "worker", "proxy", "mail", "clamav"),
    }
    assert SERVICES["database"]["image"] == "postgres:18"


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_command_is_one_of_the_command_line(name: str) -> None:
    check_command(OURS[name]["command"])


def test_a_command_that_does_not_exist_would_be_seen() -> None:
    with pytest.raises(KeyError):
        check_command(["vereda", "serf"])
    with pytest.raises(TyperException):
        check_command(["vereda", "serve", "--no-such-option"])


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_variable_is_a_setting(name: str) -> None:
    assert set(OURS[name]["environment"]) - variables() == set()


USERS = {
    "database_url": "postgresql://vereda_app:x@database/vereda",
    "database_worker_url": "postgresql://vereda_worker:x@database/vereda",
    "database_owner_url": "postgresql://vereda_owner:x@database/vereda",
}


@pytest.mark.feature("D2")
def test_the_site_and_the_worker_never_hold_the_owner_s_password() -> None:
    held = {name: set(service["secrets"]) & set(USERS) for name, service in OURS.items()}
    assert held == {
        "app": {"database_url"},
        "worker": {"database_worker_url"},
        "migrate": set(USERS),
    }
    for name, service in OURS.items():
        named = {value for value in service["environment"].values() if "/run/secrets/" in value}
        assert named == {f"/run/secrets/{secret}" for secret in service["secrets"]}, name


@pytest.mark.parametrize("name", sorted(OURS))
def test_production_would_start_with_these_settings(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    secrets = {"key_passphrase": "x" * 16} | USERS
    for secret, value in secrets.items():
        (tmp_path / secret).write_text(value, encoding="utf-8")
    for variable, text in OURS[name]["environment"].items():
        value = re.sub(r"\$\{VEREDA_SITE[^}]*\}", "permisos.example.org", text)
        monkeypatch.setenv(variable, value.replace("/run/secrets", str(tmp_path)))
    settings = Settings()
    assert settings.environment == "production"
    assert settings.database_url is not None


def test_every_secret_and_volume_that_is_used_is_declared() -> None:
    for service in SERVICES.values():
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (HOUSE / source).exists()


def test_the_ports_agree() -> None:
    port = SERVICES["app"]["environment"]["VEREDA_PORT"]
    assert f"reverse_proxy app:{port}" in CADDYFILE
    assert f":{port}/" in SERVICES["app"]["healthcheck"]["test"][-1]
    assert re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE) == [port]


def test_the_dockerfile_runs_a_command_of_ours_and_copies_what_exists() -> None:
    check_command(yaml.safe_load(re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)[0]))
    for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE):
        for source in shlex.split(line)[:-1]:
            assert (HOUSE / source).exists(), source


def test_the_health_that_they_ask_for_is_a_route() -> None:
    asked = set(re.findall(r"(/health/\w+)", CADDYFILE + str(SERVICES["app"]["healthcheck"])))
    assert asked == {"/health/ready"}
    assert asked <= {f"{route.path}" for route in probes.router.routes if isinstance(route, Route)}
