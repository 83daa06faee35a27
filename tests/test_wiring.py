"""What the settings choose at the door: the way of an SMS, where files live, how many at once."""

import json
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaits
from pathlib import Path
from uuid import uuid4

import anyio.to_thread
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text

from app.main import build_app
from app.settings import Settings
from app.storage.grants import APP
from app.wiring import House, open_house, open_messenger, open_objects
from tests.adapters.test_messages import SMS, Post, gateway
from tests.adapters.test_object_store import DATA, S3, bucket_of, endpoint
from tests.databases import Database

__all__ = ["endpoint", "gateway"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.mark.feature("W11")
def test_an_sms_goes_to_the_gateway_of_the_settings(
    gateway: Post, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "sms"
    secret.write_text(gateway.address.replace("//", "//vereda:p%40ss@") + "\n", encoding="utf-8")
    monkeypatch.setenv("VEREDA_SMS_URL_FILE", str(secret))
    settings = Settings(data_dir=tmp_path)
    assert "p%40ss" not in str(settings.masked())
    open_messenger(settings).send(SMS, "ready:7:sms")
    [(path, headers, body)] = gateway.requests
    assert (path, json.loads(body)["text"]) == ("/sms", SMS.body)
    assert headers["authorization"] == f"Basic {b64encode(b'vereda:p@ss').decode()}"
    assert "@" not in headers["host"]


def test_without_a_gateway_the_outbox_is_the_record(settings: Settings) -> None:
    for url in (None, SecretStr("off")):
        open_messenger(settings.model_copy(update={"sms_url": url})).send(SMS, "1")


def test_files_live_in_the_bucket_of_the_settings(
    endpoint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bucket = f"b-{uuid4().hex}"
    bucket_of(endpoint).create_bucket(Bucket=bucket)
    monkeypatch.setenv("VEREDA_OBJECT_STORE_URL", f"s3://{bucket}/papers")
    monkeypatch.setenv("VEREDA_OBJECT_STORE_ENDPOINT", endpoint)
    monkeypatch.setenv("VEREDA_OBJECT_STORE_REGION", S3["region"])
    monkeypatch.setenv("VEREDA_OBJECT_STORE_ACCESS_KEY", S3["access_key_id"])
    monkeypatch.setenv("VEREDA_OBJECT_STORE_SECRET_KEY", S3["secret_access_key"])
    objects = open_objects(Settings(data_dir=tmp_path))
    objects.put("applications/1/a.jpg", DATA, "image/jpeg")
    assert objects.get("applications/1/a.jpg") == DATA
    kept = bucket_of(endpoint).get_object(Bucket=bucket, Key="papers/applications/1/a.jpg")
    assert (kept["Body"].read(), kept["ContentType"]) == (DATA, "image/jpeg")
    assert not (tmp_path / "objects").exists()


def test_files_live_in_the_data_folder_otherwise(settings: Settings, tmp_path: Path) -> None:
    open_objects(settings).put("a.jpg", DATA, "image/jpeg")
    assert (tmp_path / "objects" / "a.jpg").read_bytes() == DATA


@pytest.fixture
def house(database: Database, settings: Settings) -> Iterator[House]:
    url = SecretStr(database.of(APP).url)
    house = open_house(settings.model_copy(update={"database_url": url}))
    yield house
    house.engine.dispose()


def test_there_are_as_many_threads_as_connections(house: House) -> None:
    def limit() -> float:
        return anyio.to_thread.current_default_thread_limiter().total_tokens

    with TestClient(build_app(house)) as client:
        assert client.portal is not None
        assert client.portal.call(limit) == house.settings.threads == 4
    connections = [house.engine.connect() for _ in range(4)]
    with ThreadPoolExecutor(1) as pool:
        fifth = pool.submit(house.engine.connect)
        with pytest.raises(StillWaits):
            fifth.result(0.2)
        connections.pop().close()
        fifth.result(5).close()
    for connection in connections:
        connection.close()


def test_reads_need_no_transaction_and_writes_have_one(house: House) -> None:
    moment, isolation = text("SELECT now()"), "transaction_isolation"
    with house.read_sessions() as session:
        assert session.scalar(moment) != session.scalar(moment)
    with house.sessions.begin() as session:
        assert session.scalar(moment) == session.scalar(moment)
        assert session.scalar(text(f"SHOW {isolation}")) == "read committed"
