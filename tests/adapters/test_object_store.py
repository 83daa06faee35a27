"""Files under a key, in a folder and in a real S3 server; a key leads nowhere else."""

import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import boto3  # type: ignore[import-untyped]
import pytest
from moto.server import ThreadedMotoServer

from app.adapters.object_store import Objects

S3 = {"region": "us-east-1", "access_key_id": "test", "secret_access_key": "test"}
DATA = bytes(range(256)) * 500


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """An S3 server of its own in this process."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    if request.param == "folder":
        return Objects(f"file://{tmp_path}/kept%20here")
    endpoint: str = request.getfixturevalue("endpoint")
    bucket = f"b-{uuid4().hex}"
    bucket_of(endpoint).create_bucket(Bucket=bucket)
    return Objects(f"s3://{bucket}/files", {**S3, "endpoint": endpoint})


def bucket_of(endpoint: str):  # type: ignore[no-untyped-def]  # noqa: ANN201  boto3 has no types
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=S3["region"],
        aws_access_key_id=S3["access_key_id"],
        aws_secret_access_key=S3["secret_access_key"],
    )


def test_what_was_put_is_got(objects: Objects) -> None:
    objects.put("applications/1/a.jpg", DATA, "image/jpeg")
    objects.put("applications/1/b.jpg", b"other", "image/jpeg")
    assert objects.get("applications/1/a.jpg") == DATA
    assert objects.get("applications/1/b.jpg") == b"other"


def test_the_last_one_put_stands(objects: Objects) -> None:
    objects.put("a.jpg", DATA, "image/jpeg")
    objects.put("a.jpg", b"newer", "image/jpeg")
    assert objects.get("a.jpg") == b"newer"


@pytest.mark.parametrize("key", ["nothing.jpg", "applications/none/x.jpg"])
def test_what_is_not_there_is_a_key_error(objects: Objects, key: str) -> None:
    with pytest.raises(KeyError):
        objects.get(key)


ESCAPES = (
    "../outside",
    "a/../../outside",
    "/../outside",
    "..",
    "a/../../../outside",
    "%2e%2e/outside",
)


@pytest.mark.promise("P21")
@pytest.mark.asvs("5.3.2")
@pytest.mark.parametrize("key", ESCAPES)
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    (tmp_path / "outside").write_bytes(b"secret")
    inside = Objects(f"file://{tmp_path}/inside")
    with suppress(KeyError, OSError, ValueError):
        assert inside.get(key) != b"secret"
    with suppress(OSError, ValueError):
        inside.put(key, b"changed", "text/plain")
    assert (tmp_path / "outside").read_bytes() == b"secret"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inside", "outside"]


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    Objects(f"file://{tmp_path}/kept").put("applications/1/a.jpg", DATA, "image/jpeg")
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700


def test_s3_keeps_the_media_type_and_the_prefix(endpoint: str) -> None:
    client = bucket_of(endpoint)
    client.create_bucket(Bucket="typed")
    Objects("s3://typed/some/where", {**S3, "endpoint": endpoint}).put("a.jpg", DATA, "image/jpeg")
    found = client.get_object(Bucket="typed", Key="some/where/a.jpg")
    assert (found["ContentType"], found["Body"].read()) == ("image/jpeg", DATA)


def test_a_server_that_refuses_is_no_missing_file(endpoint: str) -> None:
    objects = Objects("s3://no-such-bucket", {**S3, "endpoint": endpoint})
    with pytest.raises(Exception, match="NoSuchBucket"):
        objects.put("a.jpg", DATA, "image/jpeg")
