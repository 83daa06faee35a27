"""Chooses the services of others by the settings: registers, lists, channels that report."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from app.adapters.outbound import Outbound
from app.adapters.registries import HttpRegistries, read_services
from app.adapters.sms_reports import open_reports
from app.adapters.watch_lists import FileWatchList, HttpWatchList
from app.adapters.webhooks import Webhooks, read_endpoints
from app.adapters.whatsapp import WhatsAppLine, read_line
from app.services.ports import Ports, WatchList
from app.settings import OFF, Settings


def with_neighbours(ports: Ports, settings: Settings) -> Ports:
    """The same with every neighbour that is set up; a file that is wrong is a ValueError."""
    outbound = Outbound(settings.outbound_allowed)
    return replace(
        ports,
        whatsapp=_open_whatsapp(settings, outbound),
        sms_reports=open_reports(secret_of(settings.sms_report_secret)),
        watch=choose_watch_list(settings, outbound),
        registries=HttpRegistries(outbound, read_services(settings.registries_file)),
        webhooks=Webhooks(outbound, read_endpoints(settings.webhooks_file)),
    )


def secret_of(value: SecretStr | None) -> str | None:
    """A setting that is a secret, as it is used."""
    return value.get_secret_value() if value else None


def choose_watch_list(settings: Settings, outbound: Outbound) -> WatchList | None:
    """The list that is asked about what comes to INM; None where there is none, on purpose."""
    address = settings.watch_list
    if address in {"", OFF}:
        return None
    if address.startswith("file:"):
        return FileWatchList(Path(unquote(urlsplit(address).path)), settings.watch_list_key)
    return HttpWatchList(outbound, address, secret_of(settings.watch_list_token) or "")


def _open_whatsapp(settings: Settings, outbound: Outbound) -> WhatsAppLine | None:
    """The line of WhatsApp; the demonstration offers it without one."""
    line = read_line(settings.whatsapp_file) if settings.whatsapp_file else None
    return WhatsAppLine(outbound, line) if line or settings.is_demo else None
