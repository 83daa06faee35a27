"""Where letters go: a mail server and an SMS gateway by setting, else only the outbox."""

import base64
import json
import smtplib
import urllib.request
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from app.adapters.sms_reports import name_of

TIMEOUT_SECONDS = 20

LONGEST_ANSWER = 64 * 1024
"""Bytes of what a gateway says of a message that it took; the rest is not read."""


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
        self._sms_url, self._sms_login = _without_login(sms_url or "")
        self._opener = urllib.request.build_opener(_NoRedirect())

    def send(self, letter: Letter, key: str) -> str:
        """Hand the letter over; OSError where the other side does not take it.

        Returns how its reports name it, "" where nothing is reported.
        """
        if letter.channel == "email" and self._smtp:
            self._send_mail(letter, key)
        elif letter.channel == "sms" and self._sms_url:
            return self._send_sms(letter, key)
        return ""

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

    def _send_sms(self, letter: Letter, key: str) -> str:
        """POST {to, text} as JSON with the key, as local aggregators take it; its name for it.

        A redirect is a refusal: following it would ask another address without the text.
        """
        body = json.dumps({"to": letter.recipient, "text": letter.body}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, **self._sms_login}
        request = urllib.request.Request(self._sms_url, body, headers)  # noqa: S310  a setting
        with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return name_of(answer.read(LONGEST_ANSWER))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Lets every redirect become the HTTPError that it is here."""

    def redirect_request(self, *_: object) -> None:
        """Ask nobody else."""


def _without_login(url: str) -> tuple[str, Mapping[str, str]]:
    """The address, and its user and password as the header of RFC 7617."""
    login, found, _ = urlsplit(url).netloc.rpartition("@")
    if not found:
        return url, {}
    packed = base64.b64encode(unquote(login).encode()).decode()
    return url.replace(f"{login}@", "", 1), {"Authorization": f"Basic {packed}"}
