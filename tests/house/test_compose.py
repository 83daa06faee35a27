"""compose.yaml, Dockerfile and Caddyfile name only what the app has."""

import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
OPERATIONS = (HOUSE / "docs" / "operations.md").read_text(encoding="utf-8")
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
    sms = "https://vereda:secret@sms.example.org/send"
    secrets = {"key_passphrase": "x" * 16, "sms_url": sms} | USERS
    for secret, value in secrets.items():
        (tmp_path / secret).write_text(value, encoding="utf-8")
    for variable, text in OURS[name]["environment"].items():
        value = re.sub(r"\$\{VEREDA_SITE[^}]*\}", "permisos.example.org", text)
        value = re.sub(r"\$\{VEREDA_CHILD_DUTY_EMAIL[^}]*\}", "guardia@example.org", value)
        value = re.sub(r"\$\{VEREDA_OUTSIDE_DUTY[^}]*\}", "conadeh@example.org", value)
        monkeypatch.setenv(variable, value.replace("/run/secrets", str(tmp_path)))
    settings = Settings()
    assert settings.environment == "production"
    assert settings.database_url is not None


def test_the_neighbours_that_the_settings_name_listen_there() -> None:
    """By the host and port of each address; a published port counts by its inner number."""
    for service in OURS.values():
        settings = service["environment"]
        for address in (settings["VEREDA_SMTP_URL"], f"//{settings['VEREDA_CLAMD']}"):
            parts = urlsplit(address)
            assert str(parts.port) in listens(SERVICES[str(parts.hostname)]), address
    assert "443" in listens(SERVICES["proxy"])
    assert "1025" not in listens(SERVICES["clamav"])


def listens(service: dict[str, Any]) -> set[str]:
    published = {port.rsplit(":", 1)[1] for port in service.get("ports", ())}
    return published | set(service.get("expose", ()))


def test_the_database_is_the_one_that_the_addresses_lead_to() -> None:
    """As the image of PostgreSQL reads its environment: owner, name, password file, health."""
    made = SERVICES["database"]["environment"]
    owner = urlsplit(USERS["database_owner_url"])
    assert owner.hostname in SERVICES
    assert (made["POSTGRES_USER"], f"/{made['POSTGRES_DB']}") == (owner.username, owner.path)
    assert made["POSTGRES_PASSWORD_FILE"] == "/run/secrets/database_password"
    assert SERVICES["database"]["secrets"] == ["database_password"]
    ready = SERVICES["database"]["healthcheck"]["test"]
    assert ready == ["CMD", "pg_isready", f"--username={owner.username}"]
    builtin = "--locale-provider=builtin --builtin-locale=C.UTF-8 --encoding=UTF8"
    assert made["POSTGRES_INITDB_ARGS"] == builtin  # as the embedded one sorts
    steps = OPERATIONS.split("mkdir -m 700 secrets")[1].split("```")[0]
    for user in ("owner", "app", "worker"):
        name = "database_url" if user == "app" else f"database_{user}_url"
        assert f"postgresql://vereda_{user}:$(cat secrets/{user})@database/vereda" in steps
        assert f"> secrets/{name}\n" in steps
    made_by_hand = set(re.findall(r"(?:> |cp \S+ )secrets/(\w+)", steps)) - {"owner"}
    assert set(COMPOSE["secrets"]) - made_by_hand == set()


def test_the_proxy_ends_tls_for_the_site_that_people_type() -> None:
    proxy = SERVICES["proxy"]
    assert re.search(r"^\{\$VEREDA_SITE\} \{$", CADDYFILE, re.MULTILINE)
    site = proxy["environment"]["VEREDA_SITE"]
    for service in OURS.values():
        for name in ("VEREDA_PUBLIC_URL", "VEREDA_ISSUER"):
            assert service["environment"][name] == f"https://{site}"
    assert proxy["ports"] == ["80:80", "443:443"]
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in proxy["volumes"]
    assert set(SERVICES["app"].get("ports", ())) == set()  # nobody passes by the proxy


def test_whoever_waits_for_another_waits_for_what_that_one_can_tell() -> None:
    for name, service in SERVICES.items():
        for other, wanted in service.get("depends_on", {}).items():
            healthy = wanted["condition"] == "service_healthy"
            assert not healthy or "healthcheck" in SERVICES[other], (name, other)
            done = wanted["condition"] == "service_completed_successfully"
            assert not done or SERVICES[other]["restart"] == "no", (name, other)
            assert healthy or done, (name, other)


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
