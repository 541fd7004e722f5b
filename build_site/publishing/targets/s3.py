"""Object storage that speaks S3: AWS, MinIO, Ceph, and the clouds' own (OBS, OSS, COS).

Owns the calls of obstore. Keys come from the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`) or the machine's role;
an object is old or new, never half.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult

from build_site.model.finding import Message
from build_site.publishing.refusal import LostError, TargetError
from build_site.publishing.target import Settings
from build_site.publishing.targets.in_order import InOrderTarget
from build_site.publishing.targets.opening import missing_library

try:
    import obstore
    from obstore import exceptions
    from obstore.store import S3Store
except ImportError as missing:
    raise missing_library("obstore", "s3") from missing

M = Message
T = TypeVar("T")
_NEVER = (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError, exceptions.InvalidPathError)
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".js": "text/javascript; charset=utf-8",
    ".ofd": "application/ofd",
}


def content_type(name: str) -> str:
    """Return the media type that a browser is to be told of a file."""
    ending = f".{name.rpartition('.')[2].lower()}"
    return _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


class S3Objects:
    """A bucket, below a prefix, as a `Store`; see there for the methods."""

    def __init__(self, store: S3Store) -> None:
        self.store = store

    def read(self, name: str) -> bytes | None:
        """Return an object's content."""

        def work() -> bytes | None:
            try:
                return bytes(obstore.get(self.store, name).bytes())
            except FileNotFoundError:
                return None

        return self._do(work)

    def write(self, name: str, data: bytes) -> None:
        """Put an object."""
        self._put(name, data)

    def send(self, root: Path, addresses: Sequence[str], folder: str) -> None:
        """Put each file as an object; large ones in parts, which count only when all are there."""
        for address in addresses:
            self._put(f"{folder}/{address}" if folder else address, root / address)

    def delete(self, name: str) -> None:
        """Delete an object."""

        def work() -> None:
            try:
                obstore.delete(self.store, name)
            except FileNotFoundError:
                return

        self._do(work)

    def close(self) -> None:
        """Do nothing: connections end by themselves."""

    def _put(self, name: str, content: bytes | Path) -> None:
        self._do(lambda: obstore.put(self.store, name, content, attributes={"Content-Type": content_type(name)}))

    def _do(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except _NEVER as error:
            raise TargetError(
                M("存储服务没有让进：检查密钥、桶名和地址", f"the storage did not let us in: {_first(error)}"),
                M("密钥放在环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 里", "keys stand in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
            ) from error  # fmt: skip
        except (exceptions.BaseError, FileNotFoundError) as error:
            if "NoSuchBucket" in str(error):
                raise TargetError(
                    M("没有这个桶", "there is no such bucket"), M("先建桶", "make the bucket first")
                ) from error
            raise LostError(_first(error)) from error


def _first(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200]


def s3_target(parts: SplitResult, settings: Settings) -> InOrderTarget:
    """Return the target at `s3://bucket/prefix`, at the service's own address where one is given."""
    options: dict[str, Any] = {"prefix": parts.path.strip("/")} if parts.path.strip("/") else {}
    if settings.endpoint:
        options |= {"endpoint": settings.endpoint, "virtual_hosted_style_request": False}
    store = S3Store(
        parts.hostname or "",
        client_options={"allow_http": settings.endpoint.startswith("http://"), "timeout": timedelta(seconds=120)},
        retry_config={"max_retries": 0, "retry_timeout": timedelta(seconds=1)},  # the engine tries again
        **options,
    )
    return InOrderTarget(S3Objects(store), settings)
