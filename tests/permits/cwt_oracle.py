"""Run by the environment of requirements-cwt.lock: reads one JSON order, writes one JSON answer.

An order `{"decode": hex, "x": hex, "y": hex, "kid": hex}` is answered with what PyPI `cwt` makes of
a token: payload, claims, protected and unprotected header as CBOR in hex, or `{"error": …}`. An
order `{"encode": hex of claims, "d": hex, "x", "y", "kid"}` is answered with `{"token": hex}`.
"""

import json
import sys
from typing import Any

import cbor2
import cwt  # type: ignore[import-not-found]


def answer(order: dict[str, str]) -> dict[str, str]:
    parts = {name: bytes.fromhex(value) for name, value in order.items()}
    params: dict[int, Any] = {1: 2, 2: parts["kid"], 3: -7, -1: 1, -2: parts["x"], -3: parts["y"]}
    if "encode" in parts:
        key = cwt.COSEKey.new({**params, -4: parts["d"]})
        header = {1: -7, 4: parts["kid"]}
        token = cwt.COSE.new().encode_and_sign(parts["encode"], key, protected=header)
        return {"token": token.hex()}
    protected, unprotected, payload = cwt.COSE.new(verify_kid=True).decode_with_headers(
        parts["decode"], cwt.COSEKey.new(params)
    )
    claims = cwt.CWT.new().decode(parts["decode"], cwt.COSEKey.new(params))
    return {
        "payload": payload.hex(),
        "claims": cbor2.dumps(claims, canonical=True).hex(),
        "protected": cbor2.dumps(protected, canonical=True).hex(),
        "unprotected": cbor2.dumps(unprotected, canonical=True).hex(),
    }


def main() -> None:
    answers: list[dict[str, str]] = []
    for order in json.load(sys.stdin):
        try:
            answers.append(answer(order))
        except (ValueError, cwt.VerifyError, cwt.DecodeError) as refused:
            answers.append({"error": type(refused).__name__})
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
