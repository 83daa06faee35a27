"""What an SMS gateway reports: a POST of JSON, signed as Standard Webhooks 1.0 say.

The body is `{"id": "…", "status": "delivered"}`, where `id` is how the gateway named the message
when it took it; `failed` and `expired` say that it will not come. Other statuses are on the way.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.adapters.webhooks import read_secret, sign
from app.foreign_json import read_json

PREFIX = "sms:"
"""Before the gateway's own name: WhatsApp's names stand in the same column."""

LONGEST_ID = 200
"""Characters of how a gateway names a message."""

TOLERANCE = timedelta(minutes=5)
"""So far a call's time may be from ours (Standard Webhooks 1.0, verifying)."""

DELIVERED, FAILED = "delivered", frozenset({"failed", "expired"})


@dataclass(frozen=True)
class Report:
    """What became of one message: it came to the phone, or it will not."""

    provider_id: str
    delivered: bool


class SmsReports:
    """Reads reports of the gateway that shares this secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def read_reports(
        self, headers: Mapping[str, str], body: bytes, now: datetime
    ) -> Sequence[Report] | None:
        """What became of messages; None where it is not signed, or not just now.

        What is no report of a message is passed over: the gateway would send it for days.
        """
        stamp = headers.get("webhook-timestamp", "")
        given = headers.get("webhook-signature", "").split()
        expected = sign(self._secret, headers.get("webhook-id", ""), stamp, body).encode()
        # A gateway that changes its secret signs with both for a while.
        if not any(hmac.compare_digest(expected, one.encode()) for one in given):
            return None
        if not stamp.isascii() or not stamp.isdigit():
            return None
        if abs(int(stamp) - now.timestamp()) > TOLERANCE.total_seconds():
            return None
        return _report_of(body)


def open_reports(secret: str | None) -> SmsReports | None:
    """The reader of reports; None without a secret: then no gateway reports here."""
    if not secret:
        return None
    try:
        return SmsReports(read_secret(secret))
    except ValueError as error:
        raise ValueError(f"VEREDA_SMS_REPORT_SECRET {error}") from None


def name_of(body: bytes) -> str:
    """How the gateway named a message that it took, for its reports; "" where it does not say."""
    try:
        told = read_json(body)
    except ValueError:
        return ""
    name = told.get("id") if isinstance(told, dict) else None
    # Some name a message by a number.
    name = str(name) if isinstance(name, int) and not isinstance(name, bool) else name
    return PREFIX + name if isinstance(name, str) and 0 < len(name) <= LONGEST_ID else ""


def _report_of(body: bytes) -> Sequence[Report]:
    name = name_of(body)
    status = read_json(body).get("status") if name else None
    if status == DELIVERED or (isinstance(status, str) and status in FAILED):
        return [Report(name, status == DELIVERED)]
    return []
