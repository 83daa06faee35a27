"""Where letters go: a mail server and an SMS gateway by setting, else only the outbox."""

import json
import smtplib
import urllib.request
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 20


class Letter(Protocol):
    """What is sent (app/services/ports.py)."""

    @property
    def channel(self) -> str:
        """Which way it goes: "sms" or "email"."""

    @property
    def recipient(self) -> str:
        """A phone (E.164) or an e-mail address."""

    @property
    def subject(self) -> str:
        """Empty for an SMS."""

    @property
    def body(self) -> str:
        """The text."""


class Messenger:
    """Sends by the channels that are set up; for the others the outbox page is the record."""

    def __init__(self, *, smtp_url: str | None, mail_from: str, sms_url: str | None = None) -> None:
        self._smtp = urlsplit(smtp_url) if smtp_url else None
        self._mail_from = mail_from
        self._sms_url = sms_url

    def send(self, letter: Letter, key: str) -> None:
        """Hand the letter over; OSError where the other side does not take it."""
        if letter.channel == "email" and self._smtp:
            self._send_mail(letter, key)
        elif letter.channel == "sms" and self._sms_url:
            self._send_sms(letter, key)

    def _send_mail(self, letter: Letter, key: str) -> None:
        message = EmailMessage()
        message["From"], message["To"] = self._mail_from, letter.recipient
        message["Subject"] = letter.subject
        message["X-Vereda-Key"] = key
        message.set_content(letter.body)
        smtp = self._smtp
        assert smtp is not None  # noqa: S101
        try:
            with smtplib.SMTP(
                smtp.hostname or "", smtp.port or 25, timeout=TIMEOUT_SECONDS
            ) as server:
                if smtp.username:
                    server.starttls()
                    server.login(unquote(smtp.username), unquote(smtp.password or ""))
                server.send_message(message)
        except smtplib.SMTPException as error:
            raise OSError("the mail server refused") from error

    def _send_sms(self, letter: Letter, key: str) -> None:
        """POST {to, text} as JSON with the key, as local aggregators take it."""
        body = json.dumps({"to": letter.recipient, "text": letter.body}).encode()
        request = urllib.request.Request(  # noqa: S310  the address is a setting
            str(self._sms_url),
            body,
            {"Content-Type": "application/json", "Idempotency-Key": key},
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
            pass
