"""The public keys by which the public can check what the site publishes.

Owns the key `signing` of `catalog.yaml` and where keys are published. Must not know any cryptography: the loader says whether a
key is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from build_site.model.record import Marks, Record
from build_site.model.spec import derived, keyed
from build_site.model.words import Algorithm

KEY_FOLDER = "keys"
"""The folder of a site that public keys may lie in."""


@dataclass(frozen=True, slots=True)
class SigningKey(Record):
    """A public key; after loading, `public` is the key itself as PEM, wherever it was written."""

    id: str = keyed(
        "代号",
        doc="密钥的代号，用在签名文件和公钥文件的名字里，不再改",
        example="jm-2026",
        pattern=r"[a-z][a-z0-9-]{0,39}",
        form="小写字母开头，只含小写字母、数字和连字符，不超过 40 个",
        form_en="a small letter, then small letters, digits and hyphens, 40 at most",
    )
    algorithm: Algorithm = keyed("算法", doc="SM2（用 SM3 做摘要），或 Ed25519（浏览器能核对）", example="SM2")
    public: str = keyed(
        "公钥",
        doc="公钥文件，放在站点的 keys/ 里，如 keys/jm-2026.pem；或者直接写 PEM 文本。绝不能是私钥",
        example="keys/jm-2026.pem",
    )
    valid_from: date = keyed("启用日期", doc="从哪一天起用它签名")
    valid_until: date | None = keyed("停用日期", doc="到哪一天为止，含当天；还在用的不写", default=None)
    marks: Marks | None = derived()

    @property
    def address(self) -> str:
        """Where the key is published, from the column home."""
        return f"assets/key-{self.id}.pem"

    def is_valid_on(self, day: date) -> bool:
        """Return whether signatures of a site built for `day` may be made with it."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
