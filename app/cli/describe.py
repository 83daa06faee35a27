"""Commands that draw or print what the code says of itself."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from pydantic import AliasChoices, SecretStr

from app.cli.surroundings import read_settings, refuse, say, show
from app.secret_files import PREFIX, secret_fields
from app.settings import Settings

NO_DATABASE = SecretStr("postgresql://nobody@localhost/none")
"""An address that is never used: describing the service opens no connection."""

OPENAPI = Path("openapi/vereda.json")
OPERATIONS = Path("docs/operations.md")
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->"


def openapi(
    write: Annotated[bool, typer.Option(help=f"Write {OPENAPI} instead of printing.")] = False,
    check: Annotated[bool, typer.Option(help=f"Exit 1 if {OPENAPI} is out of date.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON; it is nothing else.")
    ] = False,
) -> None:
    """Print the OpenAPI description of the JSON API, the same text on every machine."""
    from app.main import create_app

    with TemporaryDirectory() as folder:  # describing leaves nothing in the data folder
        elsewhere = {"database_url": NO_DATABASE, "data_dir": Path(folder)}
        described = create_app(read_settings().model_copy(update=elsewhere)).openapi()
    text = json.dumps(described, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    if check:
        if not OPENAPI.exists() or OPENAPI.read_text(encoding="utf-8") != text:
            raise refuse(f"{OPENAPI} is out of date; run: vereda openapi --write")
        say(f"{OPENAPI} is up to date.")
    elif write:
        OPENAPI.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


def settings(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    write: Annotated[bool, typer.Option(help=f"Write the table of {OPERATIONS} anew.")] = False,
) -> None:
    """Show every setting as it stands, secrets masked."""
    if write:
        before, rest = OPERATIONS.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        OPERATIONS.write_text(before + BEGIN + settings_table() + END + after, encoding="utf-8")
        return
    rows = [
        {"variable": f"{PREFIX}{name.upper()}", "value": value}
        for name, value in read_settings().masked().items()
    ]
    show(rows, as_json=as_json)


def settings_table() -> str:
    """Every setting as a row of Markdown: variable, default, what it is for."""
    rows = ["| Variable | Default | What it is for |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        names = [f"`{PREFIX}{name.upper()}`"]
        if isinstance(field.validation_alias, AliasChoices):
            names += [f"`{alias}`" for alias in field.validation_alias.choices[1:]]
        if name in secret_fields(Settings):
            names.append(f"`{PREFIX}{name.upper()}_FILE`")
        default = f"`{field.default}`" if field.default not in (None, "", ()) else "–"
        rows.append(f"| {' or '.join(names)} | {default} | {field.description} |")
    return "\n".join(rows) + "\n"
