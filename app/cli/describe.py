"""Commands that draw or print what the code says of itself."""

import json
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from app.cli.surroundings import read_settings, refuse, say

NO_DATABASE = SecretStr("postgresql://nobody@localhost/none")
"""An address that is never used: describing the service opens no connection."""

FILE = Path("openapi/vereda.json")


def openapi(
    write: Annotated[bool, typer.Option(help=f"Write {FILE} instead of printing.")] = False,
    check: Annotated[bool, typer.Option(help=f"Exit 1 if {FILE} is out of date.")] = False,
) -> None:
    """Print the OpenAPI description of the JSON API, the same text on every machine."""
    from app.main import create_app

    settings = read_settings().model_copy(update={"database_url": NO_DATABASE})
    described = create_app(settings).openapi()
    text = json.dumps(described, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    if check:
        if not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
            raise refuse(f"{FILE} is out of date; run: vereda openapi --write")
        say(f"{FILE} is up to date.")
    elif write:
        FILE.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
