"""Whether a manifest was signed by somebody whose key one trusts.

Owns the judgement of signatures. The keys come from the catalogue or from files, never from the copy that is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from build_site.loading.public_keys import BadKeyError, key_bytes, pem_of
from build_site.model.signing import SigningKey
from build_site.model.words import Algorithm
from build_site.output.manifest import Manifest, signature_name
from build_site.publishing.openssl import is_signed
from build_site.publishing.verify import Difference, Kind


@dataclass(frozen=True)
class Trust:
    """What signatures say of a manifest: the ids of the keys that signed it, and what is wrong."""

    signed_by: tuple[str, ...]
    differences: tuple[Difference, ...]


def key_of_pem(name: str, pem: str) -> SigningKey:
    """Return the public key in a file called `name`, of whichever algorithm it is, valid on every day. Raises BadKeyError."""
    try:
        algorithm = Algorithm.ED25519
        der = key_bytes(pem, algorithm)
    except BadKeyError:
        algorithm = Algorithm.SM2
        der = key_bytes(pem, algorithm)
    return SigningKey(id=name, algorithm=algorithm, public=pem_of(der), valid_from=date.min)


def trust(
    data: bytes,
    manifest: Manifest,
    signatures: Mapping[str, bytes],
    keys: Sequence[SigningKey],
    given: Sequence[SigningKey] = (),
) -> Trust:
    """Return what the `signatures` (name -> bytes) say of the manifest in `data`.

    One of `keys` speaks for the signature that bears its id, on the days for which it is valid; a key `given` as a file may have made
    any of them. Raises OpensslError.
    """
    good: list[str] = []
    wrong: list[Difference] = []
    for key in keys:
        signature = signatures.get(signature_name(key.id))
        if signature is not None:
            wrong += _judged(key, data, manifest, signature, good)
    for signature in signatures.values():
        good += (key.id for key in given if is_signed(key.public, key.algorithm, data, signature))
    if given and not good:
        wrong += (Difference(Kind.BAD_SIGNATURE, name) for name in sorted(signatures))
    if not good and not wrong:
        wrong.append(Difference(Kind.UNSIGNED, "manifest.json"))
    return Trust(tuple(dict.fromkeys(good)), tuple(wrong))


def _judged(
    key: SigningKey, data: bytes, manifest: Manifest, signature: bytes, good: list[str]
) -> Iterator[Difference]:
    if not is_signed(key.public, key.algorithm, data, signature):
        yield Difference(Kind.BAD_SIGNATURE, signature_name(key.id))
    elif not key.is_valid_on(manifest.as_of):
        yield Difference(Kind.BAD_SIGNATURE, signature_name(key.id), manifest.as_of.isoformat())
    else:
        good.append(key.id)
