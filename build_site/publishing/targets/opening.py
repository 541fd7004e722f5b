"""From an address to a target.

Owns the forms of addresses; a protocol's module, and the library it needs, is loaded when its address is met.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from build_site.model.finding import Message
from build_site.publishing.refusal import TargetError
from build_site.publishing.target import Settings, Target

M = Message
_FORMS = M(
    "写文件夹，或者 ssh://用户@主机/路径、sftp://用户@主机/路径、s3://桶/前缀、davs://主机/路径",
    "write a folder, or ssh://user@host/path, sftp://user@host/path, s3://bucket/prefix, davs://host/path",
)


def open_target(address: str, root: Path, settings: Settings) -> Target:
    """Return the target at an address; a folder counts from `root`.

    Raises TargetError for an address that is none, that holds a password, or whose library is not installed.
    """
    if "://" not in address:
        from build_site.publishing.targets.folder import folder_target

        return folder_target(root / address, settings)
    parts = split_address(address)
    if parts.scheme == "ssh":
        from build_site.publishing.targets.rsync import rsync_target

        return rsync_target(parts, settings)
    if parts.scheme == "sftp":
        from build_site.publishing.targets.sftp import sftp_target

        return sftp_target(parts, settings)
    if parts.scheme == "s3":
        from build_site.publishing.targets.s3 import s3_target

        return s3_target(parts, settings)
    from build_site.publishing.targets.webdav import webdav_target

    return webdav_target(parts, settings)


def split_address(address: str) -> SplitResult:
    """Return the parts of an address. Raises TargetError where it cannot be one of a target."""
    try:
        parts = urlsplit(address)
        number = parts.port
    except ValueError:
        raise TargetError(M(f"地址写错了：{address}", f"no address: {address}"), _FORMS) from None
    if parts.password is not None:
        raise TargetError(
            M("地址里有密码", "the address holds a password"),
            M("密码放在环境变量、密钥文件或 ssh-agent 里，不写进地址", "keep passwords in the environment, key files or the ssh agent"),
        )  # fmt: skip
    known = parts.scheme in ("ssh", "sftp", "s3", "dav", "davs")
    if not known or not parts.hostname or parts.query or parts.fragment or number == 0 or ".." in parts.path.split("/"):
        raise TargetError(M(f"地址写错了：{address}", f"no address of a target: {address}"), _FORMS)
    return parts


def served_place(parts: SplitResult) -> tuple[str, str]:
    """Return folder and name of the place on a server that readers see. Raises TargetError where the path names none."""
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    if not name or not re.fullmatch(r"[^\x00-\x1f]+", parts.path):
        raise TargetError(M("地址里没有写路径", "the address names no path"), _FORMS)
    return folder or "/", name


def missing_library(name: str, extra: str) -> TargetError:
    """Return the error for a library that is not installed."""
    return TargetError(
        M(f"这类目标要用 {name}，还没有安装", f"this kind of target needs {name}"),
        M(f"运行 pip install 'build-site[{extra}]'", f"run pip install 'build-site[{extra}]'"),
    )
