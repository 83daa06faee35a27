"""A post with its people and machines, for the tests of devices and of who comes in at them."""

from dataclasses import dataclass, replace
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from app.services import device_entries, device_proofs, devices
from app.services.device_entries import Entry, Pin
from app.services.device_proofs import Answered
from app.services.devices import Enrolment
from app.services.ports import Ports
from app.services.work import Work
from app.storage.database import Session
from permits.devices import Device, message
from permits.people import NOBODY, Actor, Role
from permits.signing import sign_es256
from tests.builders import NOW, add_official, work_of

PIN = "482915"
FRESH = NOW + timedelta(minutes=15)


@dataclass
class Machine:
    """A tablet: its key, and the device that it was enrolled as."""

    key: ec.EllipticCurvePrivateKey
    device: Device

    def answer(self, work: Work, purpose: str, *parts: str) -> Answered:
        """Ask for a challenge and sign it."""
        challenge = device_proofs.make_challenge(work, self.device.id)
        signed = message(purpose, str(self.device.id), challenge, *parts)
        return Answered(self.device.id, challenge, sign_es256(self.key, signed))


@dataclass
class Post:
    """A post with its people, at some instant."""

    session: Session
    ports: Ports
    supervisor: Actor
    agent: Actor

    def work(self, actor: Actor = NOBODY, **later: float) -> Work:
        return work_of(self.session, actor, self.ports, NOW + timedelta(**later))

    def enrolment(self, code: str) -> tuple[ec.EllipticCurvePrivateKey, Enrolment]:
        key = ec.generate_private_key(ec.SECP256R1())
        point = key.public_key().public_numbers()
        proof = sign_es256(key, message("enrol", code))
        return key, Enrolment(code, point.x.to_bytes(32), point.y.to_bytes(32), proof)

    def machine(self, name: str = "Ventanilla 1") -> Machine:
        assert self.supervisor.post is not None
        code = devices.make_enrolment(self.work(self.supervisor), self.supervisor.post, name)
        key, sent = self.enrolment(code)
        device = devices.enrol_device(self.work(), sent)
        assert device is not None
        return Machine(key, device)

    def enter(self, machine: Machine, pin: str = PIN, chosen: str = "", **later: float) -> Entry:
        work = self.work(NOBODY, **later)
        answered = machine.answer(work, "enter", str(self.agent.person))
        return device_entries.enter(work, answered, Pin(self.agent.person, pin, chosen))

    def why(self) -> list[str]:
        """What the supervisor reads, newest first."""
        work = self.work(self.supervisor)
        listed = devices.list_refusals(work, devices.list_devices(work))
        return [str(event.facts["reason"]) for event in listed]


def make_post(session: Session, ports: Ports, code: str = "HN-GT-1") -> Post:
    supervisor, agent = (
        replace(add_official(session, ports, role), proven_until=FRESH)
        for role in (Role.POST_SUPERVISOR, Role.BORDER_AGENT)
    )
    devices.choose_own_pin(work_of(session, agent, ports), PIN)
    return Post(session, ports, replace(supervisor, post=code), agent)
