"""Secrets that stand in files, as containers hand them over: `VEREDA_X_FILE` names that of X."""

from pathlib import Path
from typing import Any

from pydantic_settings import BaseSettings, EnvSettingsSource

PREFIX = "VEREDA_"


class SecretFiles(EnvSettingsSource):
    """Reads `VEREDA_X_FILE`: the path of a file whose one line is the secret X."""

    def __call__(self) -> dict[str, Any]:
        """The secrets that were given as files; a file that cannot be read stops the start."""
        found: dict[str, Any] = {}
        for name in secret_fields(self.settings_cls):
            path = self.env_vars.get(f"{PREFIX}{name}_file".lower())
            if path:
                found[name] = _read_secret(name, Path(path))
        return found


def _read_secret(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        variable = f"{PREFIX}{name.upper()}_FILE"
        raise ValueError(f"{variable}: {path} cannot be read: {error.strerror}") from error


def secret_fields(settings: type[BaseSettings]) -> tuple[str, ...]:
    """The names of the fields that hold a secret, and so may also come from a file."""
    return tuple(
        name
        for name, field in settings.model_fields.items()
        if "SecretStr" in str(field.annotation)
    )
