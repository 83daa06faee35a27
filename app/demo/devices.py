"""The demonstration's border device and the PIN of its agent: how to come in stands in README."""

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from app.demo.officials import Cast, official
from app.demo.stage import Stage
from app.services.devices import set_pin
from app.storage import devices
from permits.audit import Act
from permits.devices import Device, DeviceId, read_point

PIN = "482915"
"""Of the first agent; it works on a device that is enrolled, and nowhere else."""

DEVICE = DeviceId(UUID(int=(0xDE30 << 112) + (0xDD << 8) + 1))


def seed_devices(stage: Stage, cast: Cast) -> None:
    """A device of El Florido whose key nobody has, and the PIN of the agent there."""
    supervisor, agent = official("jefa.puesto"), cast.agents[0]
    point = ec.derive_private_key(0xDE30, ec.SECP256R1()).public_key().public_numbers()
    device = Device(
        DEVICE,
        str(agent.post),
        "Ventanilla 1",
        read_point(point.x.to_bytes(32), point.y.to_bytes(32)),
        supervisor.person,
        stage.now,
    )
    work = stage.work(stage.now, supervisor)
    event = work.event(Act.DEVICE_ENROLLED, device.id, {"post": device.post})
    devices.add_device(stage.session, device, event=event)
    set_pin(stage.work(stage.now, agent), agent.person, PIN)
