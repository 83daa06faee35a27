"""Bytes as text in addresses, tokens and JSON: base64url without padding (RFC 7515 section 2)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encode(data: bytes) -> str:
    """The one form of these bytes."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of a text in its one form; ValueError for padding, spare bits, any other letter."""
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise ValueError("not the one base64url form of its bytes")
    return data
