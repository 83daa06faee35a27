"""The settings: read from the environment, checked at start, strict in production."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from app.settings import Settings

PRODUCTION = {
    "VEREDA_ENVIRONMENT": "production",
    "VEREDA_DATABASE_URL": "postgresql://vereda:s3cret@db/vereda",
    "VEREDA_KEY_PASSPHRASE": "sixteen characters",
    "VEREDA_ISSUER": "https://permisos.trabajo.gob.hn",
    "VEREDA_PUBLIC_URL": "https://permisos.trabajo.gob.hn",
    "VEREDA_TRUSTED_PROXY": "10.0.0.0/8, 127.0.0.1",
    "VEREDA_SMTP_URL": "smtp://mail:1025",
    "VEREDA_SMS_URL": "off",
    "VEREDA_CLAMD": "clamav:3310",
    "VEREDA_WATCH_LIST": "off",
    "VEREDA_CHILD_DUTY_EMAIL": "guardia@ninez.gob.hn",
    "VEREDA_OUTSIDE_DUTY": "guardia@conadeh.hn, +50422000001",
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (*Settings.model_fields, "x"):
        monkeypatch.delenv(f"VEREDA_{name.upper()}", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.delenv("DATA_DIR", raising=False)


def set_all(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def faults_of(error: ValidationError) -> str:
    return "; ".join(fault["msg"] for fault in error.errors())


def test_with_nothing_set_it_is_the_demonstration_in_the_data_folder(tmp_path: Path) -> None:
    settings = Settings()
    assert settings.is_demo
    assert settings.database_url is None
    assert settings.data_dir == tmp_path / "data"
    assert settings.object_store_url == (tmp_path / "data" / "objects").as_uri()
    assert settings.public_url == "http://localhost:8000"


def test_the_short_names_work_and_the_address_follows_the_port(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_all(monkeypatch, {"PORT": "8123", "DATA_DIR": str(tmp_path / "elsewhere")})
    settings = Settings()
    assert settings.port == 8123
    assert settings.public_url == "http://localhost:8123"
    assert settings.data_dir == tmp_path / "elsewhere"


@pytest.mark.asvs("13.3.1")
def test_a_secret_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("VEREDA_KEY_PASSPHRASE_FILE", str(tmp_path / "secret"))
    assert Settings().key_passphrase == SecretStr("from the file")


def test_a_secret_file_that_is_missing_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VEREDA_KEY_PASSPHRASE_FILE", str(tmp_path / "missing"))
    with pytest.raises(ValueError, match=r"VEREDA_KEY_PASSPHRASE_FILE: .* cannot be read"):
        Settings()


@pytest.mark.asvs("13.4.2", "13.3.1")
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("VEREDA_KEY_PASSPHRASE", "demonstration only", "must not be the demonstration's"),
        ("VEREDA_KEY_PASSPHRASE", "fifteen letters", "must have 16 characters or more"),
        ("VEREDA_PUBLIC_URL", "http://permisos.trabajo.gob.hn", "must be https"),
        ("VEREDA_TRUSTED_PROXY", "0.0.0.0/0", "must not name everybody"),
        ("VEREDA_TRUSTED_PROXY", "10.0.0.1,::/0", "must not name everybody"),
        ("VEREDA_LOG_LEVEL", "debug", "must not be debug"),
        ("VEREDA_ISSUER", "https://vereda.example", "must be your own"),
    ],
)
def test_production_refuses_what_only_the_demonstration_may(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    set_all(monkeypatch, {**PRODUCTION, name: value})
    with pytest.raises(ValidationError) as caught:
        Settings()
    said = faults_of(caught.value)
    assert said == f"Value error, not fit for production: {name} {told}"


def test_production_starts_when_everything_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, PRODUCTION)
    settings = Settings()
    assert not settings.is_demo
    assert settings.trusted_proxy == ("10.0.0.0/8", "127.0.0.1")


@pytest.mark.asvs("13.4.2")
@pytest.mark.parametrize("missing", sorted(PRODUCTION.keys() - {"VEREDA_ENVIRONMENT"}))
def test_production_refuses_each_default_by_name(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    set_all(monkeypatch, {name: value for name, value in PRODUCTION.items() if name != missing})
    with pytest.raises(ValidationError) as caught:
        Settings()
    told = faults_of(caught.value)
    assert [name for name in PRODUCTION if name in told] == [missing]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VEREDA_DATABASE_URL", "mysql://db/vereda"),
        ("VEREDA_ISSUER", "http://vereda.example"),
        ("VEREDA_ISSUER", "https://vereda.example/"),
        ("VEREDA_PUBLIC_URL", "vereda.example"),
        ("VEREDA_OBJECT_STORE_URL", "ftp://files"),
        ("VEREDA_TRUSTED_PROXY", "the proxy"),
        ("VEREDA_OUTBOUND_ALLOWED", "registro.example"),
        ("VEREDA_OUTBOUND_ALLOWED", "https://registro.example/path"),
        ("VEREDA_OUTBOUND_ALLOWED", "https://"),
        ("VEREDA_SMS_URL", "http://sms.example/send"),
        ("VEREDA_SMS_URL", "sms.example"),
        ("VEREDA_SMS_URL", "https:///send"),
        ("VEREDA_CHILD_DUTY_EMAIL", "nobody"),
        ("VEREDA_CHILD_DUTY_PHONE", "2200-0000"),
        ("VEREDA_OUTSIDE_DUTY", "2200-0000"),
        ("VEREDA_OUTSIDE_DUTY", "a@b, c@d"),
        ("VEREDA_CLAMD", "clamav"),
        ("VEREDA_CLAMD", "clamav:port"),
        ("VEREDA_CLAMD", "3310"),
        ("PORT", "0"),
        ("VEREDA_THREADS", "0"),
        ("VEREDA_ENVIRONMENT", "staging"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.asvs("16.2.5")
def test_no_secret_shows_in_text_or_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, PRODUCTION)
    settings = Settings()
    shown = f"{settings!r} {settings.masked()}"
    monkeypatch.setenv("VEREDA_KEY_PASSPHRASE", "short-one")
    monkeypatch.setenv("VEREDA_DATABASE_URL", "mysql://vereda:s3cret@db/vereda")
    with pytest.raises(ValidationError) as caught:
        Settings()
    for secret in ("s3cret", "sixteen characters", "short-one"):
        assert secret not in shown + str(caught.value)
