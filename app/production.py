"""What production asks of the settings."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from app.setting_checks import DEMO_ISSUER, DEMO_PASSPHRASE


def production_faults(settings: Any) -> list[str]:  # noqa: ANN401  (whose module asks this one)
    """What makes these settings unfit for production, each a clause that names the variable."""
    passphrase = settings.key_passphrase.get_secret_value() if settings.key_passphrase else ""
    everybody = any(ipaddress.ip_network(n, False).prefixlen == 0 for n in settings.trusted_proxy)
    checks = {
        "VEREDA_DATABASE_URL must be set (the embedded database is for the demo)": (
            settings.database_url is not None
        ),
        "VEREDA_KEY_PASSPHRASE must have 16 characters or more": len(passphrase) >= 16,
        "VEREDA_KEY_PASSPHRASE must not be the demonstration's": passphrase != DEMO_PASSPHRASE,
        "VEREDA_ISSUER must be your own": urlsplit(settings.issuer).hostname
        != urlsplit(DEMO_ISSUER).hostname,
        "VEREDA_PUBLIC_URL must be https": urlsplit(settings.public_url).scheme == "https",
        "VEREDA_TRUSTED_PROXY must name the proxy that ends TLS": bool(settings.trusted_proxy),
        "VEREDA_TRUSTED_PROXY must not name everybody": not everybody,
        "VEREDA_LOG_LEVEL must not be debug": settings.log_level != "debug",
        "VEREDA_CHILD_DUTY_EMAIL must be set": settings.child_duty_email != "",
        "VEREDA_OUTSIDE_DUTY must be set": settings.outside_duty != (),
        "VEREDA_SMTP_URL must be set": settings.smtp_url is not None,
        "VEREDA_SMS_URL must name the gateway, or say off": settings.sms_url is not None,
        "VEREDA_CLAMD must name the scanner of uploads, or say off": settings.clamd != "",
        "VEREDA_WATCH_LIST must name the list, or say off": settings.watch_list != "",
    }
    return [clause for clause, fine in checks.items() if not fine]
