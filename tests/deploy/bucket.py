"""A bucket that stands in for S3: moto's, on this machine alone."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import botocore.session
from botocore.exceptions import EndpointConnectionError

from tests.running_site import free_port, wait_until

NAME, REGION, KEY, SECRET = "media", "us-east-1", "an-example", "another"


@contextmanager
def bucket() -> Iterator[dict[str, str]]:
    """The variables that have the site keep its uploads there."""
    port = str(free_port())
    address = f"http://127.0.0.1:{port}"
    command = [str(Path(sys.executable).parent / "moto_server"), "--host", "127.0.0.1", "--port", port]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: _is_made(address))
            yield {
                "MEDIA_BUCKET": NAME,
                "MEDIA_ENDPOINT": address,
                "MEDIA_REGION": REGION,
                "MEDIA_KEY": KEY,
                "MEDIA_SECRET": SECRET,
            }
        finally:
            process.terminate()


def _is_made(address: str) -> bool:
    client = botocore.session.get_session().create_client(
        "s3",
        endpoint_url=address,
        region_name=REGION,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
    )
    try:
        client.create_bucket(Bucket=NAME)
    except EndpointConnectionError:
        return False
    return True
