"""The ports of texts that may be changed, and of WhatsApp."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from permits.texts import Said, TextSlot


class Letter(Protocol):
    """A rendered message for one channel ("sms", "email" or "whatsapp")."""

    @property
    def channel(self) -> str:
        """Which way it goes."""

    @property
    def recipient(self) -> str:
        """A phone (E.164) or an e-mail address."""

    @property
    def subject(self) -> str:
        """Empty for an SMS."""

    @property
    def body(self) -> str:
        """The text."""


class Texts(Protocol):
    """What may be changed of messages and letters, and how it looks then."""

    @property
    def slots(self) -> Mapping[str, TextSlot]:
        """Every text by its id."""

    def show(self, kind: str, language: str, said: Said) -> Sequence[Letter]:
        """A message of a kind as it is sent, with facts of nobody."""

    def sms_places(self, kind: str, language: str, said: Said) -> int:
        """The most places of the GSM alphabet that the SMS of a kind takes; 0 for none."""


class DeliveryReport(Protocol):
    """What became of one message."""

    @property
    def provider_id(self) -> str:
        """How its channel names it."""

    @property
    def delivered(self) -> bool:
        """Whether it came to the phone; else it failed."""


class WhatsApp(Protocol):
    """Carries notices to workers who wish it so, and reports what became of them."""

    @property
    def verify_token(self) -> str:
        """The word by which WhatsApp's address book is told that the door is ours; "" for none."""

    def send(self, phone: str, text: str, language: str) -> str:
        """How WhatsApp names the message, "" where no line is set up; OSError where it refuses."""

    def read_reports(self, body: bytes, signature: str) -> Sequence[DeliveryReport] | None:
        """What became of messages; None where the signature is not WhatsApp's."""


class SmsReports(Protocol):
    """Reads what the SMS gateway reports of messages."""

    def read_reports(
        self, headers: Mapping[str, str], body: bytes, now: datetime
    ) -> Sequence[DeliveryReport] | None:
        """What became of messages; None where the gateway did not sign it just now."""
        return None
