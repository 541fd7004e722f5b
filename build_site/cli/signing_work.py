"""What `build-site keygen` and `build-site sign` do, and what they say about it.

Owns their messages and exit codes. A private key is in none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from build_site.cli.telling import CLEAN, USAGE, disk_message, say
from build_site.loading.catalogue import load_catalogue
from build_site.model.columns import Catalogue
from build_site.model.finding import Lang, Message
from build_site.model.signing import KEY_FOLDER, SigningKey
from build_site.model.words import Algorithm
from build_site.publishing.openssl import OpensslError, new_key, verify_words
from build_site.publishing.sign import NotSignedError, sign_folder
from build_site.publishing.signing_keys import (
    KeyRefusedError,
    Signer,
    from_command,
    from_environment,
    from_file,
    public_pem,
    refuse_inside,
    write_new,
)

M = Message
_ID = SigningKey.__dataclass_fields__["id"]


def make_key(root: Path, name: str, algorithm: str, file: Path, today: date, lang: Lang) -> int:
    """Make a pair of keys and say what to write into the catalogue; return the exit code."""

    def work() -> int:
        kind = Algorithm(Algorithm.spellings()[algorithm].value)
        public = root / KEY_FOLDER / f"{name}.pem"
        if not _is_id(name):
            say(M(f"✘ 代号“{name}”不对：小写字母开头，只含小写字母、数字和连字符", f"✘ the id `{name}` is wrong: a small letter, then small letters, digits, hyphens"), lang)  # fmt: skip
            return USAGE
        for place in (file, public):
            if place.exists():
                say(M(f"✘ 已经有 {place}，没有覆盖；换一个代号或文件名", f"✘ {place} exists and was left alone; take another id or name"), lang)  # fmt: skip
                return USAGE
        refuse_inside(file, root)
        private = new_key(kind)
        pem = public_pem(private, kind)
        public.parent.mkdir(parents=True, exist_ok=True)
        write_new(file, private)
        public.write_text(pem, "ascii")
        say(
            M(
                f"✔ 私钥写到 {file}，只有您能读；不要发给别人，不要放进仓库。\n"
                f"  公钥写到 {public}。在 catalog.yaml 里加上：",
                f"✔ The private key is in {file}, and only you can read it; give it to nobody, keep it out of the repository.\n"
                f"  The public key is in {public}. Add to catalog.yaml:",
            ),
            lang,
        )
        keys = (
            ("签名公钥", "代号", "算法", "公钥", "启用日期")
            if lang == "zh"
            else ("signing", "id", "algorithm", "public", "valid_from")
        )
        values = (name, kind.value[2], f"{KEY_FOLDER}/{name}.pem", today.isoformat())
        print(
            f"{keys[0]}:\n  - " + "\n    ".join(f"{key}: {value}" for key, value in zip(keys[1:], values, strict=True))
        )
        return CLEAN

    return guarded(work, lang)


def sign_site(
    root: Path, out: Path, name: str, file: Path | None, variable: str | None, command: str | None, lang: Lang
) -> int:
    """Sign the site in `out` with the key called `name`; return the exit code."""

    def work() -> int:
        catalogue, faults = load_catalogue(root)
        if catalogue is None or faults:
            say(M("✘ catalog.yaml 需要先改正；运行 build-site check", "✘ catalog.yaml must be corrected first; run build-site check"), lang)  # fmt: skip
            return USAGE
        key = key_called(catalogue, name)
        made = sign_folder(out, key, signer_from(key, root, file, variable, command))
        words = " ".join(verify_words(key.algorithm, key.address, "manifest.json", made.name))
        say(
            M(
                f"✔ 已签名：{made}（{key.algorithm.zh}，密钥 {key.id}）\n  在 {out} 里这样核对：{words}",
                f"✔ signed: {made} ({key.algorithm.value[2]}, key {key.id})\n  check it inside {out} with: {words}",
            ),
            lang,
        )
        return CLEAN

    return guarded(work, lang)


def key_called(catalogue: Catalogue, name: str) -> SigningKey:
    """Return the public key called `name`. Raises KeyRefusedError when the catalogue has none."""
    key = next((one for one in catalogue.signing if one.id == name), None)
    if key is None:
        known = "、".join(one.id for one in catalogue.signing)
        raise KeyRefusedError(
            M(f"catalog.yaml 的“签名公钥”里没有 {name}" + (f"，有：{known}" if known else ""), f"no key {name} under `signing` in catalog.yaml" + (f"; there are: {known}" if known else "")),
            M("写上公钥；试用的可以用 build-site keygen 生成", "add the public key; make one for trials with build-site keygen"),
        )  # fmt: skip
    return key


def signer_from(key: SigningKey, root: Path, file: Path | None, variable: str | None, command: str | None) -> Signer:
    """Return what signs with the private half of `key`, from where the options say it is. Raises KeyRefusedError and OSError."""
    if file is not None:
        return from_file(file, root, key.algorithm)
    if variable is not None:
        return from_environment(variable, key.algorithm)
    return from_command(command or "")


def _is_id(name: str) -> bool:
    import re

    from build_site.model.spec import spec_of

    spec = spec_of(_ID)
    return spec is not None and re.fullmatch(spec.pattern, name) is not None


def guarded(work: Callable[[], int], lang: Lang) -> int:
    """Return the exit code of `work`, or tell why nothing could be signed."""
    try:
        return work()
    except (KeyRefusedError, NotSignedError, OpensslError) as error:
        say(M(f"✘ {error.message.zh}\n{error.help.zh}", f"✘ {error.message.en}\n{error.help.en}"), lang)
    except OSError as error:
        say(disk_message(error), lang)
    return USAGE
