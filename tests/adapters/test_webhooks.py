"""Standard Webhooks: signed as the example of its libraries; without a 2xx nobody was told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.adapters.outbound import Reply
from app.adapters.webhooks import Webhooks, read_endpoints, sign
from recruitment.complaints.words import ReferralTarget

FILE = """
[conadeh]
url = "https://quejas.conadeh.example/vereda"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
"""
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Answering:
    """A way out that notes what goes and answers as it is told."""

    status: int = 204
    sent: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        self.sent.append((url, body, headers or {}))
        return Reply(self.status, {}, b"")


@pytest.mark.feature("H5")
def test_a_call_is_signed_and_a_refusal_is_none(tmp_path: Path) -> None:
    file, out = tmp_path / "webhooks.toml", Answering()
    file.write_text(FILE)
    endpoints = read_endpoints(file)
    webhooks = Webhooks(out, endpoints)  # type: ignore[arg-type]
    assert [one for one in ReferralTarget if webhooks.takes(one)] == [ReferralTarget.CONADEH]
    webhooks.call(ReferralTarget.CONADEH, "referral_1", AT, {"type": "complaint.referred"})
    ((url, body, headers),) = out.sent
    assert (url, json.loads(body)) == (
        "https://quejas.conadeh.example/vereda",
        {"type": "complaint.referred"},
    )
    secret = endpoints[ReferralTarget.CONADEH].secret
    stamp = str(int(AT.timestamp()))
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("referral_1", stamp)
    assert headers["webhook-signature"] == sign(secret, "referral_1", stamp, body)
    out.status = 302
    for target in (ReferralTarget.CONADEH, ReferralTarget.SENAF):
        with pytest.raises(OSError, match="institution"):
            webhooks.call(target, "referral_1", AT, {})
    assert secret.hex() not in repr(endpoints)


def test_the_known_example_has_its_known_signature(tmp_path: Path) -> None:
    file = tmp_path / "webhooks.toml"
    file.write_text(FILE)
    secret = read_endpoints(file)[ReferralTarget.CONADEH].secret
    message, stamp = "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330"
    assert sign(secret, message, stamp, b'{"test": 2432232314}') == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[nobody]\nurl='https://a.example'\nsecret='x'", "nobody"),
        ("[senaf]\nurl='https://a.example'", "just url and secret"),
        ("[senaf]\nurl='ftp://a'\nsecret='whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'", "no address"),
        ("[senaf]\nurl='https://a.example'\nsecret='whsec_corta'", "24 to 64 bytes"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "webhooks.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match=told):
        read_endpoints(file)
