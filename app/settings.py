"""Every setting of the service: typed, documented, checked at start; nothing else reads them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    SecretStr,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from app import setting_checks
from app.production import production_faults
from app.secret_files import PREFIX, SecretFiles
from app.setting_checks import DEMO_ISSUER, DEMO_PASSPHRASE, OFF

__all__ = ["DEMO_ISSUER", "DEMO_PASSPHRASE", "OFF", "Settings", "production_faults"]

DatabaseUrl = Annotated[SecretStr | None, AfterValidator(setting_checks.check_database)]
SmsUrl = Annotated[SecretStr | None, AfterValidator(setting_checks.check_sms)]
Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(setting_checks.split_list)]


class Settings(BaseSettings):
    """What the environment says; `VEREDA_` before each name in capitals, `.env` is read too."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
        validate_default=True,
    )

    environment: Literal["demo", "production"] = Field(
        default="demo",
        description="`demo` shows the banner and the demo sign-ins; `production` is strict.",
    )
    demo_data: bool = Field(
        default=True,
        description="Fill an empty database with invented people and cases; `demo` only.",
    )
    database_url: DatabaseUrl = Field(
        default=None,
        description="PostgreSQL 18, `postgresql://user:password@host/name`. "
        "Unset: an embedded server in the data folder.",
    )
    database_worker_url: DatabaseUrl = Field(
        default=None,
        description="The same as the worker signs in to it. Unset: as VEREDA_DATABASE_URL.",
    )
    database_owner_url: DatabaseUrl = Field(
        default=None,
        description="The same database as the owner of the tables, who migrates, grants and "
        "restores; give it to those commands only. Unset: as VEREDA_DATABASE_URL.",
    )
    data_dir: Annotated[Path, AfterValidator(setting_checks.absolute)] = Field(
        default=Path("data"),
        validation_alias=AliasChoices("VEREDA_DATA_DIR", "DATA_DIR"),
        description="Folder of the embedded database, the keys and the stored files.",
    )
    public_dir: Annotated[Path | None, AfterValidator(setting_checks.absolute_if_set)] = Field(
        default=None,
        description="Folder of what everybody may fetch, for a CDN or a web server: the signed "
        "lists. The site and the worker share it. Unset: the folder `public` of the data folder.",
    )
    programmes_dir: Annotated[Path | None, AfterValidator(setting_checks.absolute_if_set)] = Field(
        default=None,
        description="Folder of the programmes that were loaded; they stand over those of the "
        "program. The site and the worker share it. Unset: `programmes` in the data folder.",
    )
    host: str = Field(default="127.0.0.1", description="Address that the web server listens on.")
    port: int = Field(
        default=8000,
        ge=1,
        le=65535,
        validation_alias=AliasChoices("VEREDA_PORT", "PORT"),
        description="TCP port that the web server listens on.",
    )
    public_url: Annotated[str, AfterValidator(setting_checks.check_public_url)] = Field(
        default="",
        description="Address that people type, without a final slash. "
        "Unset: `http://localhost:PORT` (passkeys refuse a bare IP address).",
    )
    issuer: Annotated[str, AfterValidator(setting_checks.check_issuer)] = Field(
        default=DEMO_ISSUER,
        description="Issuer that stands in every credential and token; an https URL.",
    )
    object_store_url: Annotated[str, AfterValidator(setting_checks.check_store)] = Field(
        default="",
        description="Where files live: `file:///folder` or `s3://bucket/prefix`. "
        "Unset: the folder `objects` of the data folder.",
    )
    object_store_endpoint: str | None = Field(
        default=None, description="Address of an S3-compatible service; unset: the provider's own."
    )
    object_store_region: str = Field(default="us-east-1", description="Region of the S3 bucket.")
    object_store_access_key: SecretStr | None = Field(default=None, description="S3 access key id.")
    object_store_secret_key: SecretStr | None = Field(
        default=None, description="S3 secret access key."
    )
    checkpoint_export: str = Field(
        default="",
        pattern="^$|^(file|s3|https?)://",
        description="Second place of the audit log's checkpoints: `file:///folder`, "
        "`s3://bucket/prefix` (with the object store's keys) or a witness, `https://host/path`. "
        "Unset: the folder `checkpoints` of the data folder, which is not out of reach.",
    )
    key_passphrase: SecretStr | None = Field(
        default=None, description="Encrypts the signing keys on disk. Required in production."
    )
    pkcs11_module: Path | None = Field(
        default=None,
        description="Library of a hardware module (PKCS#11) in which new signing keys are made. "
        "Unset: encrypted files. Roots and the keys of sealed fields are files in any case.",
    )
    pkcs11_token: str = Field(default="", description="Label of the module's token.")
    pkcs11_pin: SecretStr | None = Field(
        default=None, description="PIN of the token's user; a wrong one is tried once."
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="Mail server, `smtp://user:password@host:port`. "
        "Unset: messages stay in the outbox, where the demo shows them.",
    )
    sms_url: SmsUrl = Field(
        default=None,
        description="SMS gateway, `https://user:password@host/path`: it takes `{to, text}` as JSON "
        "by POST. Unset: messages stay in the outbox. Production needs it, or `off`.",
    )
    sms_report_secret: SecretStr | None = Field(
        default=None,
        description="Secret (`whsec_…`) that signs the gateway's reports to `/avisos/sms`.",
    )
    whatsapp_file: Path | None = Field(
        default=None,
        description="TOML file of the line of WhatsApp; its form stands in `docs/operations.md`. "
        "Unset: not offered, but in the demonstration, whose outbox shows it.",
    )
    mail_from: str = Field(default="no-responder@vereda.example", description="Sender of e-mail.")
    worker_session_minutes: int = Field(
        default=20 * 60,
        ge=5,
        le=24 * 60,
        description="A worker's session ends after so many idle minutes (a draft takes a day).",
    )
    official_idle_minutes: int = Field(
        default=30,
        ge=5,
        le=12 * 60,
        description="An official's session ends after so many idle minutes.",
    )
    official_session_hours: int = Field(
        default=10,
        ge=1,
        le=24,
        description="An official's session ends after so many hours in any case.",
    )
    border_idle_minutes: int = Field(
        default=120,
        ge=15,
        le=24 * 60,
        description="A border agent's session ends after so many idle minutes: devices are shared.",
    )
    border_session_hours: int = Field(
        default=16,
        ge=1,
        le=24,
        description="A border agent's session ends after so many hours in any case.",
    )
    token_minutes: int = Field(
        default=30, ge=1, le=24 * 60, description="Life of an API access token, in minutes."
    )
    workers: int = Field(default=1, ge=1, le=64, description="Web processes.")
    threads: int = Field(
        default=4, ge=1, le=64, description="Threads and database connections of each web process."
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="`json`: one object a line; `console`: for people."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least severe line that is written."
    )
    trusted_proxy: Annotated[Listed, AfterValidator(setting_checks.check_networks)] = Field(
        default=(),
        description="Addresses or networks, by comma, whose X-Forwarded headers are believed.",
    )
    child_duty_email: str = Field(
        default="",
        pattern=r"^$|^[^@\s]+@[^@\s]+$",
        description="Where alerts of minors without a parent go; required in production.",
    )
    child_duty_phone: str = Field(
        default="",
        pattern=r"^$|^\+[1-9][0-9]{6,14}$",
        description="The same by SMS, with country code; the scanner shows it to call at once.",
    )
    outside_duty: Annotated[Listed, AfterValidator(setting_checks.check_duty)] = Field(
        default=(),
        description="CONADEH's e-mail and phone, told where all handlers have a part; required.",
    )
    scanner_halted: bool = Field(
        default=False,
        description="Stops every border scanner at its next contact, for a fault found in it.",
    )
    quiet_hours: Annotated[str, AfterValidator(setting_checks.check_quiet_hours)] = Field(
        default="20:00-06:00",
        description="When SMS that are not urgent wait, at Honduran time; `off` sends at any hour.",
    )
    clamd: Annotated[str, AfterValidator(setting_checks.check_clamd)] = Field(
        default="",
        description="The clamd that looks at uploads: `host:port`, or the path of its socket. "
        "While it does not answer nothing is kept. Production needs it, or `off`.",
    )
    outbound_allowed: Annotated[Listed, AfterValidator(setting_checks.check_origins)] = Field(
        default=(),
        description="Origins, by comma, that webhooks, the audit's witness and OpenID Connect may "
        "reach though they are private, without TLS or on another port than 443.",
    )
    openid_file: Path | None = Field(
        default=None,
        description="TOML file of the agencies' OpenID Connect providers (below); unset: none.",
    )
    registries_file: Path | None = Field(
        default=None,
        description="TOML file of the registries that answer over HTTPS: a table `[rtn]` … with "
        "`url` and `token`. Unset: lists that somebody brings (`vereda registries import`).",
    )
    webhooks_file: Path | None = Field(
        default=None,
        description="TOML file of the institutions that take hand-overs of complaints by Standard "
        "Webhooks: a table `[conadeh]` … with `url` and `secret` (`whsec_…`). Unset: none.",
    )
    watch_list: Annotated[str, AfterValidator(setting_checks.check_watch_list)] = Field(
        default="",
        description="The watch list that is asked when a case comes to INM: `file:///…` (CSV or "
        "JSON) or an https URL. While it is away the case waits. Production needs it, or `off`.",
    )
    watch_list_key: str = Field(
        default="",
        description="Ed25519 public key in base64 that signs the file of the watch list, "
        "its signature beside it as `….sig`. Unset: the file is taken as it is.",
    )
    watch_list_token: SecretStr | None = Field(
        default=None, description="Bearer token for the watch list's service."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then secret files, then `.env`."""
        return init_settings, env_settings, SecretFiles(settings_cls), dotenv_settings

    @model_validator(mode="after")
    def _fill_in_and_refuse(self) -> Self:
        if not self.public_url:
            object.__setattr__(self, "public_url", f"http://localhost:{self.port}")
        if not self.object_store_url:
            object.__setattr__(self, "object_store_url", (self.data_dir / "objects").as_uri())
        if not self.checkpoint_export:
            object.__setattr__(self, "checkpoint_export", (self.data_dir / "checkpoints").as_uri())
        wrong = production_faults(self) if self.environment == "production" else []
        if wrong:
            raise ValueError("not fit for production: " + "; ".join(wrong))
        return self

    @property
    def public_folder(self) -> Path:
        """Where what everybody may fetch lies."""
        return self.public_dir or self.data_dir / "public"

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration, with its banner and its open sign-ins."""
        return self.environment == "demo"

    def masked(self) -> Mapping[str, str]:
        """Every setting as text with secrets hidden, for `doctor` and the logs."""
        return {
            name: "********" if isinstance(value, SecretStr) else str(value) for name, value in self
        }
