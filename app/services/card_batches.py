"""Batches of cards: ordered and settled by officials, drawn by the worker a few at a time.

Each step of the drawing is an effect of its own: it takes a second or two, so that nobody's
permit waits behind a thousand cards, and a worker process that dies goes on where it was.
"""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from app.services.case import programme_of
from app.services.credentials import Permit
from app.services.erasing import EFFECT as DELETE_OBJECT
from app.services.prints import printed_permit
from app.services.reaching import reading
from app.services.work import Work
from app.storage import audit, authorisations, card_batches, credentials, outbox
from permits.audit import Act, Fact
from permits.card_batches import (
    KEPT,
    MOST_CARDS,
    BatchAction,
    BatchCard,
    BatchId,
    BatchState,
    CardBatch,
    check_settle,
    is_of_office,
    move_batch,
)
from permits.errors import Conflict, Fault, Forbidden, Hidden, Invalid, NotFound
from permits.people import Permission
from permits.policies import check_permission
from permits.prints import PrintedPermit
from permits.reach import EVERYTHING

EFFECT = "draw-cards"
STEP = 25
"""Cards that are drawn in one transaction."""

SHOWN = 30


def list_batches(work: Work) -> list[CardBatch]:
    """The newest batches of the official's office."""
    check_permission(work.actor, Permission.CARD_PRINT)
    agency = work.actor.agency
    if agency is None:
        return []
    return card_batches.list_batches(work.session, agency, work.actor.department, limit=SHOWN)


def count_waiting(work: Work) -> dict[str, int]:
    """By programme, how many valid permits within reach are on no card yet.

    One more than a batch takes (`MOST_CARDS`) stands for any more.
    """
    check_permission(work.actor, Permission.CARD_PRINT)
    return {
        programme: card_batches.count_waiting(
            work.session, programme, work.now, reach=reading(work)
        )
        for programme in work.ports.reference.programmes
    }


def order_batch(work: Work, batch: UUID, programme: str, language: str, most: int) -> CardBatch:
    """Order cards for the permits that wait longest; the worker process draws them.

    `batch` is an id that the form came with: sent twice, it is one batch. Conflict
    ("no-card-waits") where there is nothing to print; Invalid for a number outside 1..1000.
    """
    check_permission(work.actor, Permission.CARD_PRINT)
    agency = work.actor.agency
    if agency is None:
        raise Forbidden("not-permitted", permission=Permission.CARD_PRINT.value)
    if not 1 <= most <= MOST_CARDS:
        raise Invalid([Fault("too-large" if most > 0 else "too-small", "most")])
    try:
        return _own(work, batch)
    except NotFound:
        pass
    permits = card_batches.lock_waiting(
        work.session, programme_of(work, programme).code, work.now, reach=reading(work), limit=most
    )
    if not permits:
        raise Conflict("no-card-waits")
    made = CardBatch(
        BatchId(batch),
        programme,
        language,
        agency,
        work.actor.department,
        work.actor.person,
        work.now,
        len(permits),
    )
    told: dict[str, Fact] = {"cards": len(permits), "programme": programme}
    event = work.event(Act.CARDS_ORDERED, batch, told)
    card_batches.add_batch(work.session, made, permits, event=event)
    _ask(work, made.id, 0)
    return made


def read_batch(work: Work, batch: UUID) -> tuple[CardBatch, list[BatchCard]]:
    """A batch of the official's office with its cards."""
    found = _own(work, batch)
    return found, card_batches.list_cards(work.session, batch)


def take_file(work: Work, batch: UUID) -> bytes:
    """The PDF of a batch; each person whose card it holds is told that it was read.

    Conflict("batch-still-drawn") before it is there, "batch-settled" once it is gone.
    """
    found, cards = read_batch(work, batch)
    if found.state is not BatchState.READY:
        move_batch(found.state, BatchAction.CONFIRM)
    looks = (work.event(Act.CREDENTIAL_READ, c.credential, {"form": "card"}) for c in cards)
    audit.append_all(work.session, looks)
    return work.ports.objects.get(_file(batch))


def settle_batch(work: Work, batch: UUID, action: BatchAction) -> None:
    """Say that the cards were printed, or that they are not to be; the file goes either way.

    Forbidden("batch-by-another") where who ordered them says that they were printed.
    """
    check_permission(work.actor, Permission.CARD_PRINT)
    found = _own(work, batch, hold=True)
    check_settle(work.actor.person, found, action)
    _settle(work, found, action)


def discard_forgotten(work: Work) -> int:
    """The task of the hour: batches that nobody settled in a week go, their permits wait again."""
    forgotten = card_batches.list_unsettled(work.session, work.now - KEPT, limit=SHOWN)
    for batch in forgotten:
        _settle(work, card_batches.get_batch(work.session, batch, hold=True), BatchAction.DISCARD)
    return len(forgotten)


def draw_cards(work: Work, payload: Mapping[str, object]) -> None:
    """The effect: draw some cards of a batch, or set all of them as one PDF once all are drawn.

    A permit that does not stand any more leaves the batch. A batch that was
    discarded meanwhile is let be.
    """
    batch, first = UUID(str(payload["batch"])), int(str(payload["first"]))
    found = card_batches.get_batch(work.session, batch, hold=True)
    if found.state is not BatchState.DRAWING or first != found.drawn:
        return
    if first == found.total:
        _set(work, found)
        return
    cards = card_batches.list_cards(work.session, batch, first=first, limit=STEP)
    permits = _printable(work, found, cards)
    drawn = work.ports.prints.draw_cards(permits, found.language)
    _put(work, _part(batch, first), json.dumps(list(drawn)).encode(), "application/json")
    done = first + len(cards)
    card_batches.save_progress(work.session, batch, done)
    _ask(work, found.id, done)


def _set(work: Work, batch: CardBatch) -> None:
    parts = [_part(batch.id, first) for first in range(0, batch.total, STEP)]
    drawn = [card for part in parts for card in json.loads(work.ports.objects.get(part))]
    if drawn:
        pdf = work.ports.prints.set_cards(drawn, batch.language, work.now)
        _put(work, _file(batch.id), pdf, "application/pdf")
        event = work.event(Act.CARDS_DRAWN, batch.id, {"cards": len(drawn)})
        card_batches.finish_batch(work.session, batch.id, event=event)
    else:  # every one of them ended meanwhile
        _settle(work, batch, BatchAction.DISCARD)
        return
    _forget(work, parts)


def _settle(work: Work, batch: CardBatch, action: BatchAction) -> None:
    state = move_batch(batch.state, action)
    act = Act.CARDS_PRINTED if state is BatchState.PRINTED else Act.CARDS_DISCARDED
    event = work.event(act, batch.id, {"cards": batch.total})
    card_batches.settle_batch(work.session, batch.id, state, event=event)
    parts = [_part(batch.id, first) for first in range(0, batch.drawn, STEP)]
    _forget(work, [_file(batch.id), *(parts if batch.state is BatchState.DRAWING else [])])


def _own(work: Work, batch: UUID, *, hold: bool = False) -> CardBatch:
    check_permission(work.actor, Permission.CARD_PRINT)
    found = card_batches.get_batch(work.session, batch, hold=hold)
    if not is_of_office(work.actor, found):
        raise Hidden("no-such-batch")
    return found


def _printable(work: Work, batch: CardBatch, cards: Sequence[BatchCard]) -> list[PrintedPermit]:
    permits = []
    for card in cards:
        permit = _standing(work, card)
        if permit is None:
            event = work.event(Act.CARD_LEFT_OUT, card.credential, {"number": card.number})
            card_batches.remove_card(work.session, batch.id, card.position, event=event)
        else:
            permits.append(permit)
    return permits


def _standing(work: Work, card: BatchCard) -> PrintedPermit | None:
    """What the card says; None where its permit ended, or its file was erased, meanwhile."""
    if not card.stands:
        return None
    vault = work.ports.vault
    try:
        found = credentials.get_credential(work.session, vault, card.credential, reach=EVERYTHING)
        right = authorisations.get_authorisation(
            work.session, found.authorisation, reach=EVERYTHING
        )
        return printed_permit(work, Permit(found, right, programme_of(work, right.programme)))
    except (Conflict, NotFound):
        return None


def _ask(work: Work, batch: BatchId, first: int) -> None:
    payload = {"batch": str(batch), "first": first}
    effect = outbox.Effect(EFFECT, f"{EFFECT}:{batch}:{first}", payload)
    outbox.put(work.session, effect, work.now)


def _put(work: Work, key: str, data: bytes, media_type: str) -> None:
    work.ports.objects.put(key, data, media_type)


def _forget(work: Work, keys: Sequence[str]) -> None:
    for key in keys:
        effect = outbox.Effect(DELETE_OBJECT, f"delete:{key}", {"key": key})
        outbox.put(work.session, effect, work.now)


def _file(batch: UUID) -> str:
    return f"card-batches/{batch}/cards.pdf"


def _part(batch: UUID, first: int) -> str:
    return f"card-batches/{batch}/{first:04d}.json"
