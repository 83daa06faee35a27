"""What an SMS gateway reports: only what it signed just now, and only what became of a message."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from app.adapters.sms_reports import Report, name_of, open_reports
from app.adapters.webhooks import read_secret, sign

NOW = datetime(2026, 11, 28, 15, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def signed(body: bytes, at: datetime = NOW, secret: str = SECRET) -> dict[str, str]:
    """The headers of a call as the standard has them."""
    stamp = str(int(at.timestamp()))
    signature = sign(read_secret(secret), "msg_1", stamp, body)
    return {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": signature}


@pytest.mark.feature("W11")
@pytest.mark.parametrize(
    ("told", "report"),
    [
        ({"id": "a", "status": "delivered"}, Report("sms:a", delivered=True)),
        ({"id": 17, "status": "failed"}, Report("sms:17", delivered=False)),
        ({"id": "a", "status": "expired"}, Report("sms:a", delivered=False)),
        ({"id": "a", "status": "queued"}, None),
        ({"id": "a", "status": ["failed"]}, None),
        ({"id": "", "status": "failed"}, None),
        ({"status": "delivered"}, None),
        (["delivered"], None),
    ],
)
def test_what_became_of_a_message(told: object, report: Report | None) -> None:
    gateway, body = open_reports(SECRET), json.dumps(told).encode()
    assert gateway
    assert gateway.read_reports(signed(body), body, NOW) == ([report] if report else [])


@pytest.mark.feature("W11")
def test_only_what_the_secret_signed_just_now_is_a_report() -> None:
    gateway, body = open_reports(SECRET), b'{"id": "a", "status": "failed"}'
    assert gateway
    good = signed(body)
    both = good | {"webhook-signature": f"v1,bad {good['webhook-signature']}"}
    assert gateway.read_reports(both, body, NOW)
    for wrong in (
        {},
        signed(body, secret=OTHER),
        signed(body, NOW - timedelta(minutes=6)),
        signed(body, NOW + timedelta(minutes=6)),
        good | {"webhook-id": "msg_2"},
        good | {"webhook-timestamp": "now"},
    ):
        assert gateway.read_reports(wrong, body, NOW) is None
    assert gateway.read_reports(good, body + b" ", NOW) is None


def test_a_secret_that_is_wrong_is_told_without_it() -> None:
    assert open_reports(None) is None
    with pytest.raises(ValueError, match="VEREDA_SMS_REPORT_SECRET is not whsec_") as told:
        open_reports("whsec_short")
    assert "short" not in str(told.value)


def test_an_answer_that_names_no_message() -> None:
    assert [name_of(one) for one in (b"", b"OK", b'{"id": true}', b'{"id": null}')] == [""] * 4
