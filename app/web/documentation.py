"""What the API says of itself: title, tags, and how operations are named."""

from typing import Any

ABOUT: dict[str, Any] = {
    "summary": "Labour migration pathways and cross-border work permits in Honduras.",
    "description": (
        "Applications for temporary work permits, the decisions of SETRASS and INM, the signed "
        "credentials, their verification, and crossings at the border. Errors are "
        "application/problem+json (RFC 9457); only the token endpoint answers as RFC 6749 says."
    ),
    "contact": {"name": "Vereda", "url": "https://vereda.example"},
    "license_info": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "servers": [{"url": "/", "description": "This service"}],
    "openapi_tags": [
        {"name": "health", "description": "Whether the service can answer."},
    ],
}
