"""The rooms that an official may enter: those used most at hand, the others folded by subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.web.i18n import N_
from permits.people import Actor, Permission

AT_HAND = 5
"""Rooms that stand in the bar itself; a telephone shows them in two or three lines."""

FEW = 7
"""So many are shown without folding any: a fold that hides two links costs more than it saves."""

CASES, WORK = N_("Casos"), N_("Empleadores y trabajo")
BORDER, PEOPLE, SERVICE = N_("Frontera"), N_("Personas"), N_("Servicio")


@dataclass(frozen=True)
class Room:
    """A room by its address, for who carries `permission`; `name` and `subject` are words.

    `agency`: whether it is for officials of an agency alone (True), for others alone (False).
    `beside`: other addresses that one comes to from it.
    `demo`: it stands in the demonstration alone.
    """

    subject: str
    permission: Permission
    address: str
    name: str
    agency: bool | None = None
    beside: tuple[str, ...] = ()
    demo: bool = False

    def opens_for(self, actor: Actor) -> bool:
        """Whether this person may enter it, and works in it."""
        return actor.can(self.permission) and self.agency in {
            None,
            actor.agency is not None,
        }

    def holds(self, path: str) -> bool:
        """Whether an address lies in it."""
        return any(
            f"{path}/".startswith(f"{one.rstrip('/')}/") for one in (self.address, *self.beside)
        )


ROOMS: Sequence[Room] = (
    Room(CASES, Permission.APPLICATION_LIST, "/bandeja", N_("Bandeja"), agency=True),
    Room(CASES, Permission.WATCH_REVIEW, "/segunda-revision", N_("Segunda revisión")),
    Room(CASES, Permission.COMPLAINT_HANDLE, "/quejas", N_("Quejas")),
    Room(CASES, Permission.COMPLAINT_CONFIRM, "/remisiones", N_("Remisiones")),
    Room(BORDER, Permission.CROSSING_RECORD, "/escaner/", N_("Escáner")),
    Room(WORK, Permission.VACANCY_NAME, "/mis-vacantes", N_("Vacantes")),
    Room(WORK, Permission.FARM_KEEP, "/mis-fincas", N_("Fincas")),
    Room(PEOPLE, Permission.CREW_REGISTER, "/listas", N_("Listas")),
    Room(PEOPLE, Permission.CREW_WITNESS, "/marcas", N_("Testigos")),
    Room(PEOPLE, Permission.APPLICATION_ASSIST, "/asistencia", N_("Registrar personas")),
    Room(WORK, Permission.VACANCY_ATTEST, "/atestaciones", N_("Vacantes por atestar")),
    Room(CASES, Permission.APPEAL_DECIDE, "/recursos", N_("Recursos")),
    Room(CASES, Permission.AUTHORISATION_REVOKE, "/revocaciones", N_("Revocaciones")),
    Room(WORK, Permission.CHECK_IN_ATTEND, "/durante-el-trabajo", N_("Durante el trabajo")),
    Room(WORK, Permission.VACANCY_REVIEW, "/revision-de-vacantes", N_("Vacantes por revisar")),
    Room(WORK, Permission.CONTRACT_LOOK, "/contratos-cambiados", N_("Contratos")),
    Room(BORDER, Permission.CROSSING_LIST, "/puestos/pasos", N_("Pasos")),
    Room(BORDER, Permission.CROSSING_LIST, "/puestos/no-han-salido", N_("No han salido")),
    Room(CASES, Permission.APPLICATION_LIST, "/cuadrillas", N_("Cuadrillas"), agency=True),
    Room(CASES, Permission.CREDENTIAL_READ, "/cambios-de-empleador", N_("Cambios")),
    Room(
        CASES, Permission.APPLICATION_LIST, "/reglas-y-plazos", N_("Reglas y plazos"), agency=True
    ),
    Room(WORK, Permission.EMPLOYER_VERIFY, "/registros-de-empleadores", N_("Nuevos empleadores")),
    Room(WORK, Permission.EMPLOYER_BAR, "/empleadores", N_("Empleadores")),
    Room(WORK, Permission.FARM_INSPECT, "/inspecciones", N_("Fincas"), agency=False),
    Room(WORK, Permission.CLAIM_INSPECT, "/pagos-por-devolver", N_("Devoluciones")),
    Room(WORK, Permission.RECRUITER_JUDGE, "/pagos-por-devolver", N_("Devoluciones")),
    Room(WORK, Permission.RECRUITER_JUDGE, "/avisos-de-ofertas", N_("Avisos")),
    Room(WORK, Permission.RECRUITER_JUDGE, "/listas-de-registros", N_("Otros registros")),
    Room(PEOPLE, Permission.RECEPTION_HOLD, "/jornadas", N_("Días de atención")),
    Room(PEOPLE, Permission.CARD_PRINT, "/tarjetas", N_("Tarjetas")),
    Room(PEOPLE, Permission.CARD_HAND_OVER, "/entregas", N_("Entregas")),
    Room(PEOPLE, Permission.WORKER_RECOVER, "/recuperacion", N_("Recuperar acceso")),
    Room(PEOPLE, Permission.WORKER_RECOVERY_APPROVE, "/recuperaciones", N_("Accesos")),
    Room(PEOPLE, Permission.REGISTER_IMPORT, "/registros", N_("Registros")),
    Room(PEOPLE, Permission.AGE_MARK, "/parece-menor", N_("Parece menor")),
    Room(PEOPLE, Permission.AGE_CLEAR, "/parece-menor", N_("Parece menor")),
    Room(BORDER, Permission.DEVICE_MANAGE, "/puestos/dispositivos", N_("Equipos y PIN")),
    Room(SERVICE, Permission.APPLICATION_BREAK_GLASS, "/aperturas", N_("Emergencias")),
    Room(SERVICE, Permission.BREAK_GLASS_REVIEW, "/proteccion-de-datos/aperturas", N_("Aperturas")),
    Room(SERVICE, Permission.ACCOUNT_LIST, "/administracion/cuentas", N_("Cuentas")),
    Room(
        *(SERVICE, Permission.REFERENCE_CHANGE, "/administracion/textos", N_("Textos")),
        beside=("/administracion/preguntas", "/administracion/listas"),
    ),
    Room(SERVICE, Permission.API_CLIENT_MANAGE, "/administracion/clientes", N_("Programas")),
    Room(SERVICE, Permission.ACCESS_LOG_READ, "/auditoria", N_("Registro")),
    Room(SERVICE, Permission.DATA_REQUEST_DECIDE, "/pedidos-de-datos", N_("Pedidos sobre datos")),
    Room(SERVICE, Permission.OUTBOX_READ, "/demo/mensajes", N_("Mensajes"), demo=True),
)
"""What a role uses most comes first."""

SUBJECTS = (CASES, WORK, BORDER, PEOPLE, SERVICE)


@dataclass(frozen=True)
class Desk:
    """What the bar of an official shows; `folded` are rooms by their subject."""

    at_hand: tuple[Room, ...]
    folded: tuple[tuple[str, tuple[Room, ...]], ...]


def desk_of(actor: Actor, path: str, *, demo: bool) -> Desk:
    """The rooms of this person; the one that `path` lies in is always at hand."""
    open_ = (room for room in ROOMS if room.opens_for(actor) and (demo or not room.demo))
    rooms = list({room.address: room for room in open_}.values())
    if len(rooms) <= FEW:
        return Desk(tuple(rooms), ())
    at_hand = [room for at, room in enumerate(rooms) if at < AT_HAND or room.holds(path)]
    rest = sorted(
        (room for room in rooms if room not in at_hand), key=lambda one: SUBJECTS.index(one.subject)
    )
    groups = groupby(rest, key=lambda one: one.subject)
    return Desk(tuple(at_hand), tuple((subject, tuple(found)) for subject, found in groups))
