"""Signing the manifest of a built site.

Owns what has to be true before a signature is made, and where it is put. Must not know how keys are kept.
"""

from __future__ import annotations

import os
from pathlib import Path

from build_site.model.finding import Message
from build_site.model.signing import SigningKey
from build_site.output.manifest import MANIFEST_NAME, manifest_of, signature_name
from build_site.publishing.copies import FolderCopy
from build_site.publishing.openssl import is_signed
from build_site.publishing.signing_keys import KeyRefusedError, Signer
from build_site.publishing.verify import Reference, compared


class NotSignedError(Exception):
    """The folder cannot be signed as it is; `message` says why, `help` what to do."""

    def __init__(self, message: Message, help_: Message) -> None:
        super().__init__(message.en)
        self.message = message
        self.help = help_


_AGAIN = Message("先运行 build-site build，再签名", "run build-site build first, then sign")


def sign_folder(out: Path, key: SigningKey, signer: Signer) -> Path:
    """Sign the manifest of the site in `out` with `signer`, the private half of `key`; return the signature's file.

    Raises NotSignedError when the folder is not what its manifest says, or the key may not be used for it; KeyRefusedError when
    the signature is not one of `key`; OSError when the disk fails.
    """
    try:
        data = (out / MANIFEST_NAME).read_bytes()
    except OSError:
        data = b""
    manifest = manifest_of(data)
    if manifest is None:
        raise NotSignedError(Message(f"{out} 里没有生成好的网站", f"there is no built site in {out}"), _AGAIN)
    if not key.is_valid_on(manifest.as_of):
        raise NotSignedError(
            Message(f"网站是按 {manifest.as_of} 生成的，密钥 {key.id} 这一天不在使用期内", f"the site was built for {manifest.as_of}, a day for which the key {key.id} is not valid"),
            Message("换一个密钥，或者改 catalog.yaml 里的启用、停用日期", "take another key, or correct its days in catalog.yaml"),
        )  # fmt: skip
    if key.address not in manifest.files or (out / key.address).read_text("ascii", "replace") != key.public:
        raise NotSignedError(
            Message(f"网站里没有密钥 {key.id} 的公钥", f"the site does not have the public key {key.id}"), _AGAIN
        )
    wrong = next(compared(FolderCopy(out), Reference.of(data, manifest, {})), None)
    if wrong is not None:
        raise NotSignedError(
            Message(f"{wrong.address} 与清单不一致，不能签", f"{wrong.address} is not what the manifest says"), _AGAIN
        )
    signature = signer(data)
    if not is_signed(key.public, key.algorithm, data, signature):
        raise KeyRefusedError(
            Message(f"私钥与 catalog.yaml 里 {key.id} 的公钥不是一对", f"the private key does not belong to the public key {key.id} of catalog.yaml"),
            Message("用对应的私钥，或者把公钥换成对应的", "use the private key that belongs to it, or correct the public one"),
        )  # fmt: skip
    file = out / signature_name(key.id)
    aside = (
        out.resolve().parent / f".{file.name}.{os.getpid()}"
    )  # beside the folder: nothing strange is ever left inside
    try:
        aside.write_bytes(signature)
        aside.chmod(0o644)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)
    return file
