"""`vereda verify`: the verdict on a QR text or on a picture of one."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.surroundings import REFUSED, read_settings, refuse, show, with_tables

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def verify(
    permit: Annotated[str, typer.Argument(help="The text of a QR code, or a picture file.")],
    as_json: Json = False,
) -> None:
    """Print the verdict, its one reason, and what to compare. Exit 0 only for green."""
    from datetime import UTC, datetime

    from app.services.verification import judge
    from app.services.work import Work
    from app.wiring import open_house
    from permits.people import SYSTEM

    text = _text_of(permit)
    with with_tables(read_settings()) as settings:
        house = open_house(settings)
        with house.read_sessions() as session:
            work = Work(session, SYSTEM, datetime.now(UTC), house.ports, "cli")
            judged = judge(work, text)
        house.engine.dispose()
    claims = judged.claims
    row = {
        "verdict": judged.colour.value,
        "reason": judged.reason.value,
        "signature": judged.signature.value,
        "time": judged.time.value,
        "status": judged.status.value,
        "list_age_seconds": judged.list_age,
        "number": claims.number if claims else judged.number,
        "name": claims.full_name if claims else None,
        "compare": ", ".join(judged.compare),
    }
    show([row] if as_json else [{"": k, " ": v} for k, v in row.items()], as_json=as_json)
    if judged.colour.value != "green":
        raise typer.Exit(REFUSED)


def _text_of(permit: str) -> str:
    """The text itself, or that of the one symbol in a picture."""
    from app.adapters.symbols import NoPicture, read_picture

    path = Path(permit)
    if len(permit) > 255 or not path.is_file():
        return permit
    try:
        texts = read_picture(path)
    except NoPicture:
        raise refuse(f"{path.name} is not a picture.") from None
    if len(texts) != 1:
        raise refuse(f"{path.name} holds {len(texts)} QR codes; show one.")
    return texts[0]
