"""What the API says of itself: title, tags, how refusals look, and the finished document."""

import json
from typing import Any

from fastapi import FastAPI

from app.web.problems import MEDIA_TYPE, Problem

ABOUT: dict[str, Any] = {
    "summary": "Labour migration pathways and cross-border work permits in Honduras.",
    "description": (
        "Applications for temporary work permits, the decisions of SETRASS and INM, the signed "
        "credentials, their verification, and crossings at the border.\n\n"
        "**Who.** A client shows its secret to `createToken` and sends the token as "
        "`Authorization: Bearer`; a signed-in browser sends its session cookie. What one may not "
        "know of is answered with 404, what one may not do with 403.\n\n"
        "**Changes** of a case name the version that was seen in `If-Match` (missing: 428, "
        "outdated: 412). **Requests sent twice** with one `Idempotency-Key` have one effect and "
        "the same answer. **Errors** are application/problem+json (RFC 9457) in Spanish or, by "
        "`Accept-Language`, English; only `createToken` answers as RFC 6749 says.\n\n"
        "**Lists** come page by page: `next_cursor` and the `Link` header lead on.\n\n"
        "**Breaking, 0.2.0.** `suspendAuthorisation` and `proposeRevocation` ask for `origin`: a "
        "request without it was taken for the agency's own, so that an employer's wish did not "
        "wait for the complaints office. It is refused now (422, `missing`)."
    ),
    "contact": {"name": "Vereda", "url": "https://vereda.example"},
    "license_info": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "servers": [{"url": "/", "description": "This service"}],
    "openapi_tags": [
        {"name": "tokens", "description": "Access for programs, and the keys that verify it."},
        {"name": "programmes", "description": "The pathways and the vacancies that are open."},
        {
            "name": "ethics",
            "description": "The ethical rules: what is checked, and where it stands.",
        },
        {"name": "applications", "description": "A worker's request, from draft to decision."},
        {"name": "abroad", "description": "The roster, orientation, visa and journey."},
        {"name": "appointments", "description": "Days on which people are received, and places."},
        {"name": "crews", "description": "Workers who are registered together, and say yes alone."},
        {"name": "employers", "description": "Who registers to hire, and who may not."},
        {"name": "recruiters", "description": "Whom an offer comes from, and how they stand."},
        {"name": "vacancies", "description": "What employers offer, and what is found in it."},
        {"name": "decisions", "description": "What SETRASS and INM decide, each for itself."},
        {"name": "credentials", "description": "The right to work and the QR that carries it."},
        {"name": "verification", "description": "Verdicts, trusted keys and revoked permits."},
        {"name": "crossings", "description": "Entries and exits, as the posts saw them."},
        {"name": "protection", "description": "How the job goes for who does it."},
        {"name": "audit", "description": "The log, its checkpoints, and proofs about it."},
        {"name": "health", "description": "Whether the service can answer."},
    ],
}

_WHY = {
    400: "The request cannot be read, or lacks its Idempotency-Key.",
    401: "Nobody is signed in, or the token does not hold.",
    403: "The account may not do this.",
    404: "There is no such thing, or the account may not know of it.",
    409: "The act does not fit the present state.",
    412: "The thing changed since the version in If-Match.",
    422: "Something in the request is wrong; every fault is listed.",
    428: "If-Match is missing.",
    503: "A part of ours does not answer just now; Retry-After says when to ask again.",
    429: "Too many tries; wait some minutes.",
}

NEEDS_KEY = frozenset(
    {
        "submitApplication",
        "decideApplication",
        "revokeCredential",
        "replaceCredential",
        "suspendAuthorisation",
        "reinstateAuthorisation",
        "proposeRevocation",
        "confirmRevocation",
        "dropRevocation",
        "recordCrossings",
        "askQuestions",
        "sendAnswers",
        "endAuthorisation",
        "barEmployer",
        "liftEmployerBar",
        "draftVacancy",
        "moveVacancy",
        "recordVacancyStep",
        "decideEmployerRegistration",
        "arrangeChildCare",
        "endChildCare",
        "preselectCandidates",
        "moveCandidate",
        "attestVacancy",
    }
)
"""The operations that are refused without an Idempotency-Key; others may carry one."""

_FORM = {
    "Device-Signature": r"^[A-Za-z0-9_-]{86}$",
    "Idempotency-Key": r"^[\x20-\x7e]{1,255}$",
    "If-Match": r'^"[0-9]{1,9}"$',
}

_CLIENT = {
    "type": "http",
    "scheme": "basic",
    "description": "A client's id and secret, for a token; `createToken` reads them itself.",
}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_SHOWN = ("/api/v1/", "/.well-known/")


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The replies by which an operation refuses, for `responses` of its route."""
    return {
        status: {"description": _WHY[status], "content": {MEDIA_TYPE: {"schema": _PROBLEM}}}
        for status in statuses
    }


def versioned(description: str = "As it stands now.") -> dict[int | str, dict[str, Any]]:
    """A reply with 200 that names its version."""
    told = {"description": "The version, for If-Match.", "schema": {"type": "string"}}
    return {200: {"description": description, "headers": {"ETag": told}}}


def paged() -> dict[int | str, dict[str, Any]]:
    """A reply with 200 that is one page of a list."""
    told = {"description": "The next page (rel=next), if any.", "schema": {"type": "string"}}
    return {200: {"description": "A page.", "headers": {"Link": told}}}


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the JSON API; pages are no part of it."""
    document = FastAPI.openapi(app)
    paths = document["paths"]
    document["paths"] = {path: paths[path] for path in paths if path.startswith(_SHOWN)}
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs")
    schemas["Problem"] = problem
    document["components"]["securitySchemes"]["client"] = _CLIENT
    for path in document["paths"].values():
        for operation in path.values():
            _require_headers(operation)
            # What no server could read is refused before any operation is asked.
            operation["responses"].setdefault("400", refusals(400)[400])
    _drop_unused(document)
    return document


def _drop_unused(document: dict[str, Any]) -> None:
    """Take out the models that only pages use, and those that only such models use."""
    schemas = document["components"]["schemas"]
    unused = set(schemas)
    while unused:
        text = json.dumps(document)
        unused = {name for name in schemas if f'"#/components/schemas/{name}"' not in text}
        for name in unused:
            del schemas[name]


def _require_headers(operation: dict[str, Any]) -> None:
    # Their absence has an answer of its own (428, 400), so the routes take them as optional.
    needed = {"If-Match"} | (
        {"Idempotency-Key"} if operation["operationId"] in NEEDS_KEY else set()
    )
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "header":
            parameter["name"] = parameter["name"].title()
            parameter["schema"] = {"type": "string", "pattern": _FORM[parameter["name"]]}
            parameter["required"] = parameter["name"] in needed
