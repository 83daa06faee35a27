"""Only the demonstration shows codes, only those of its own accounts, and each of them works."""

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.demo.officials import demo_accounts, demo_secrets
from app.main import build_app
from app.services.ports import Ports
from app.settings import Settings
from app.wiring import House
from tests.databases import Database
from tests.web.signing import PASSWORD, add_person, typed

SHOWN = "Demostración: el código de esta cuenta es ahora"
PRODUCTION = Settings(
    environment="production",
    demo_data=False,
    database_url=SecretStr("postgresql://nobody@localhost/none"),
    key_passphrase=SecretStr("x" * 20),
    issuer="https://permisos.example.org",
    public_url="https://permisos.example.org",
    trusted_proxy=("10.0.0.1",),
    smtp_url=SecretStr("smtp://mail.example.org"),
    sms_url=SecretStr("off"),
    clamd="off",
    watch_list="off",
    child_duty_email="guardia@example.org",
    outside_duty=("guardia@conadeh.example.org",),
)


def test_an_account_of_others_gets_no_code_shown(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports)
    visitor.post("/entrar", data=typed(PASSWORD))
    assert SHOWN not in visitor.get("/entrar/segundo-paso").text


def test_every_account_of_the_demonstration_has_a_secret_of_its_own(app: FastAPI) -> None:
    secrets = demo_secrets()
    assert app.state.demo_secrets == secrets
    assert len(set(secrets.values())) == len(secrets) >= len(demo_accounts())


def test_production_knows_neither_accounts_nor_secrets(database: Database, ports: Ports) -> None:
    house = House(PRODUCTION, database.engine, database.sessions, database.read_sessions, ports)
    site = build_app(house)
    assert (site.state.demo_secrets, site.state.demo_accounts) == ({}, ())
