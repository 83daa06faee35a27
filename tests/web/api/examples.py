"""The examples in openapi/examples: one request and its reply for each operation, replayed."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx2

from app.services.credentials import find_permit_of
from app.services.crossings import record_crossings
from app.storage.appeals import list_appeals
from app.storage.companions import list_companions
from app.storage.contracts import list_newest_work
from app.web.api.crossings import CrossingInput
from permits import permit_numbers
from permits.deadlines import legal_day
from tests.barred import employer_of
from tests.builders import Story, add_vacancy
from tests.crew_lists import as_csv, people
from tests.registered import bring_all, handed_in, some_phone
from tests.web.api.beside import BESIDE, beside
from tests.web.api.operations import (
    abroad,
    accompanied,
    actor_of,
    answered,
    appealed,
    asked,
    barred,
    changing,
    charged,
    checked_in,
    contracted,
    crew_of,
    crewed,
    crossing,
    day_of,
    draft,
    ending,
    enlisted,
    joined_with,
    lapsed,
    on_check_in,
    picture,
    proof_of,
    proposed,
    received,
    refused,
    renaming,
    returned,
    reworded,
    shown,
    signed,
    submitted,
    suspended,
    with_a_place,
    with_a_session,
)
from tests.web.api.own_complaints import PDF
from tests.web.api.world import AGENT, Steps, World, now

FOLDER = Path("openapi/examples")


def crossed(story: Story) -> Story:
    """A permit whose holder has entered the country."""
    signed(story)
    permit = find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    entry = CrossingInput.model_validate(crossing(permit_number=permit.credential.number))
    record_crossings(story.work(AGENT), [entry.crossing(AGENT.person)])
    return story


WITHOUT_A_PERMIT = {
    *("abroad", "draft", "submitted", "lapsed", "accompanied", "contracted", "refused", "appealed"),
    *("reworded", "asked", "answered", "barred", "crewed", "overseen", "received", "with-a-place"),
    *("enlisted", "with-a-session", "inspected", "cared", "selecting", "chosen", "attesting"),
    *("doubled", "joined", "registering", "written", "charged", "farmed", "hired"),
    *("complaining", "remedied", "pooled", "pool-asked", "marked", "shown"),
    *("claimed", "planned", "in-parts"),
}

FILES: Mapping[str, Callable[[], bytes]] = {
    "(bytes of a JPEG)": picture,
    "(bytes of a spreadsheet)": lambda: as_csv(people(2)),
    "(bytes of a spreadsheet with a fault)": lambda: as_csv([*people(1), _without_a_phone()]),
}
"""What stands for a body that is a file."""

STATES: Mapping[str, Steps] = {
    "draft": draft,
    "submitted": submitted,
    "contracted": contracted,
    "abroad": abroad,
    "charged": charged,
    "checked-in": checked_in,
    "lapsed": lapsed,
    "signed": signed,
    "crossed": crossed,
    "supervised": lambda story: signed(story).supervise(),
    "suspended": suspended,
    "proposed": proposed,
    "accompanied": accompanied,
    "refused": refused,
    "appealed": appealed,
    "asked": asked,
    "answered": answered,
    "barred": barred,
    "crewed": crewed,
    "proven": signed,
    "renaming": renaming,
    **dict.fromkeys(("doubled", "joined", "pool-asked"), submitted),
    "overseen": lambda story: submitted(story).supervise(),
    "ending": ending,
    "returned": returned,
    "received": received,
    **dict.fromkeys(("enlisted", "selecting", "chosen"), enlisted),
    "with-a-session": with_a_session,
    "with-a-place": with_a_place,
    "changing": changing,
    **dict.fromkeys(("written", "farmed", "inspected", "complaining", "remedied"), draft),
    **dict.fromkeys(("cared", "attesting", "pooled"), draft),
    **BESIDE,
    **{"shown": shown, "reworded": reworded},
    "registering": lambda story: draft(story).supervise(),
}

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

ALIVE = (
    (_UUID, "5f0c1d1e-0000-4000-8000-000000000000"),
    (
        r"(\d{4}-\d{2}-\d{2}|\{today\})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})",
        "2026-11-23T15:00:00Z",
    ),
    (r'"expires": "[^"]+"', '"expires": "2027-02-16T06:00:00Z"'),
    (r'"due_at": "[^"]+"', '"due_at": "2027-01-22T06:00:00Z"'),
    (
        r'"(valid_from|valid_until|starts_on|since|until|first_day|as_of|received_on|written_on)'
        r'": "2\d{3}-\d{2}-\d{2}"',
        r'"\1": "2026-12-01"',
    ),
    (r'"(ends_on|last_day|closes_on)": "2\d{3}-\d{2}-\d{2}"', r'"\1": "2027-02-15"'),
    (r'"number": "[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"', '"number": "7K3M-9XQ2-HB4T"'),
    (r'"receipt": "[0-9-]+"', '"receipt": "2026-0481-7732"'),
    (r'worker_number": "T-[0-9-]+"', 'worker_number": "T-482-139-0759"'),
    (r'worker_number": "\d{10}"', 'worker_number": "4821390759"'),
    (r'"day": "2\d{3}-\d{2}-\d{2}"', '"day": "2026-12-04"'),
    (r'"(list_age_seconds)": \d+', r'"\1": 60'),
    (r'"id": \d+, "at"', '"id": 412, "at"'),
    (r'"leaf": \d+\}', '"leaf": 408}'),
    (r'"size_bytes": \d+', '"size_bytes": 4096'),
    (r"\b[0-9a-f]{64}\b", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    (r'"held_by": "[^"]+"', '"held_by": "Oficial"'),
    (r'"form": "[\w=-]{80,}"', '"form": "AQmB…"'),
    (r'"number": "\d{4} \d{4} \d{4} \d{4}"', '"number": "2026 1128 4477 0310"'),
    (r'"phone": "\+5049\d{7}"', '"phone": "+50499887766"'),
    (r'"data": "[0-9a-f]+"', '"data": "89011901f4…"'),
    (
        r'"(checkpoint|older|newer)": "vereda[^"]+"',
        r'"\1": "vereda.example/audit\\n7\\nCsUYapGGPo4d…\\n\\n— vereda.example/audit Az3g…\\n"',
    ),
    (r"\btoken-\d+", "eyJhbGciOiJFUzI1NiJ9…"),
    (r'"receipt": "receipt-.*?\}"', '"receipt": "eyJhbGciOiJFUzI1NiJ9…"'),
)
"""What differs from one run to the next, and what stands for it in a file."""

TOLD_HEADERS = ("content-type", "etag", "cache-control", "link", "vary")


def _without_a_phone() -> list[str]:
    """Somebody whose phone was mistyped."""
    row = people(2)[1]
    return [*row[:6], "12", *row[7:]]


def facts_of(world: World, story: Story, state: str) -> dict[str, str]:
    """What the names in braces stand for in this story."""
    with world.database.sessions.begin() as session:
        work = world.work(session, story.worker)
        case = world.case(work, story.id)
    facts = {
        "application": str(story.id),
        "vacancy": case.answers.vacancy or "",
        "version": str(case.application.version),
        "now": now().isoformat(),
        **(_registering(world) if state == "registering" else {}),
    }
    facts |= _beside(world, story, state)
    if state in {"barred", "overseen"}:
        with world.database.sessions.begin() as session:
            facts["employer"] = str(employer_of(world.again(session, story)))
    with world.database.sessions.begin() as session:
        known = list_companions(session, world.ports.vault, story.id)
        filed = list_appeals(session, world.ports.vault, story.id)
        drawn = list_newest_work(session, story.id)
    if known:
        facts["companion"] = str(known[0].id)
    if drawn:
        facts |= {"contract": drawn[-1].digest, "base": drawn[0].digest}
    if filed:
        facts["appeal"] = str(filed[0].id)
    if state == "signed":
        with world.database.sessions.begin() as session:
            facts["other_vacancy"] = str(add_vacancy(session, world.ports, now=now()))
    if state not in WITHOUT_A_PERMIT:
        permit = world.permit_of(story)
        facts |= {
            "authorisation": str(permit.authorisation.id),
            "credential": str(permit.credential.id),
            "right_version": str(permit.authorisation.version),
            "version": str(permit.credential.version),
            "number": permit_numbers.show(permit.credential.number),
            "qr": permit.credential.text or "",
        }
    return facts


def _beside(world: World, story: Story, state: str) -> dict[str, str]:
    """What lies beside the case in some states."""
    known: Mapping[str, Callable[[], Mapping[str, object]]] = {
        **beside(world, story),
        "doubled": lambda: {"other": world.live(submitted).id},
        "joined": lambda: {"other": joined_with(world, story)},
        "proven": lambda: {"evidence": proof_of(world, story)},
        "crewed": lambda: {"crew": crew_of(world, story)},
        "checked-in": lambda: {"check_in": on_check_in(world, story)["ids"]["check_in"]},
        "hired": lambda: {"today": legal_day(now())},
        "received": lambda: {"day": day_of(world, story).id},
    }
    found: Mapping[str, object] = known.get(state, dict)()
    return {name: str(value) for name, value in found.items()}


def _registering(world: World) -> dict[str, str]:
    """An employer has just registered, and the lists of recruiters stand."""
    with world.database.sessions.begin() as session:
        bring_all(session, world.ports, now())
        found = handed_in(session, world.ports, some_phone(), now()).registration
    return {"registration": str(found.id), "registration_version": str(found.version)}


def replay(world: World, example: Mapping[str, Any]) -> dict[str, Any]:
    """Send the request of an example in a story of its own; the reply as a file tells it."""
    story = world.live(STATES[example["state"]])
    world.publish()
    facts = facts_of(world, story, example["state"])
    if "/audit/" in example["request"]["path"]:
        facts["earlier"] = str(world.seal())
        world.live(draft)
        facts["sealed"] = str(world.seal())
    sent = json.loads(_fill(json.dumps(example["request"]), facts))
    body: dict[str, Any] = {}
    if "file" in sent:
        body["content"] = FILES[sent["file"]]()
    elif "form" in sent:
        world.add_client(story.setrass, sent["form"]["client_id"], sent["form"]["client_secret"])
        body["data"] = sent["form"]
    elif "parts" in sent:
        body["data"] = sent["parts"]
        body["files"] = {"files": ("papel.pdf", PDF)}
    elif "body" in sent:
        body["json"] = sent["body"]
    client = world.caller(actor_of(example["as"], story))
    reply = client.request(sent["method"], sent["path"], headers=sent.get("headers"), **body)
    return _told(reply, facts)


def _fill(text: str, facts: Mapping[str, str]) -> str:
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _told(reply: httpx2.Response, facts: Mapping[str, str]) -> dict[str, Any]:
    headers = {name: reply.headers[name] for name in TOLD_HEADERS if name in reply.headers}
    told: dict[str, Any] = {"status": reply.status_code, "headers": headers}
    if reply.headers["content-type"].endswith("json"):
        told["body"] = reply.json()
    else:
        told["body"] = "(signed bytes)"
        headers.pop("etag", None)  # of bytes that are signed anew
    text = json.dumps(told, ensure_ascii=False)
    if facts.get("number"):
        text = text.replace(facts["number"].replace("-", ""), facts["number"])
    for name, value in sorted(facts.items(), key=lambda fact: -len(fact[1])):
        if len(value) > 3:
            text = text.replace(value, f"{{{name}}}")
    for pattern, stand_in in ALIVE:
        text = re.sub(pattern, stand_in, text)
    masked: dict[str, Any] = json.loads(text)
    return masked


def write(path: Path, example: Mapping[str, Any]) -> None:
    """Write an example as a file, the same on every machine."""
    path.write_text(json.dumps(example, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
