"""What `build-site verify` says of each difference.

Owns these words, in both languages.
"""

from __future__ import annotations

from build_site.model.finding import Message
from build_site.publishing.injected import Injected
from build_site.publishing.verify import Difference, Kind

M = Message
HEADS = {
    Kind.BAD_SIGNATURE: M("签名不对", "bad signature"),
    Kind.UNSIGNED: M("没有可信的签名", "no signature that can be trusted"),
    Kind.MISSING: M("缺少文件", "missing"),
    Kind.WRONG_TYPE: M("类型不对", "wrong type"),
    Kind.ALTERED_TEXT: M("正文被改动", "text altered"),
    Kind.ALTERED_PAGE: M("网页被改动，正文没有变", "page altered, its text not"),
    Kind.ALTERED: M("文件被改动", "altered"),
    Kind.INJECTED: M("网页里加进了代码，原来的内容没有变", "code was put in, the page itself is unchanged"),
    Kind.ADDED: M("多出文件", "added"),
    Kind.STALE: M("是旧的", "stale"),
}
_HELP = {
    Kind.BAD_SIGNATURE: M("清单不可信。换回备份的清单和签名，查明是谁改的。", "Do not trust the manifest. Put back manifest and signature from a backup; find out who changed them."),
    Kind.UNSIGNED: M("用 build-site sign 签名；或者确认清单来自可信的地方，加 --unsigned。", "Sign with build-site sign; or be sure where the manifest comes from and add --unsigned."),
    Kind.MISSING: M("重新上传这些文件。", "Upload these files again."),
    Kind.WRONG_TYPE: M("看看服务器的设置，或者重新上传。", "See to the server's settings, or upload again."),
    Kind.ALTERED_TEXT: M("立即换回原来的网页，保留被改的网页备查。", "Put back the page at once; keep the altered one as evidence."),
    Kind.ALTERED_PAGE: M("换回原来的网页；看看是不是平台改了网页的格式。", "Put back the page; see whether the platform changed its form."),
    Kind.ALTERED: M("重新上传这些文件，保留被改的文件备查。", "Upload again; keep the altered files as evidence."),
    Kind.INJECTED: M("查明是谁加的。是平台统一加的，用 --allow-script 写上域名；不是的，当作被入侵处理。", "Find out who did. If it is the platform's, name its host with --allow-script; if not, treat it as an intrusion."),
    Kind.ADDED: M("查明是谁放的；不是本网站的就删掉。", "Find out who put them there; remove what is not the site's."),
    Kind.STALE: M("重新发布最新的网站。", "Publish the latest site again."),
}  # fmt: skip


def line(found: Difference) -> Message:
    """Return a difference in one line, without its kind."""
    note = _note(found)
    pieces = [_piece(one) for one in found.injected[:3]]
    more = len(found.injected) - len(pieces)
    zh = "；".join((*(piece.zh for piece in pieces), *((f"等 {len(found.injected)} 处",) if more > 0 else ())))
    en = "; ".join((*(piece.en for piece in pieces), *((f"{len(found.injected)} in all",) if more > 0 else ())))
    return M(
        found.address + (f"（{note.zh}）" if note.zh else "") + (f"　加进的：{zh}" if zh else ""),
        found.address + (f" ({note.en})" if note.en else "") + (f"  put in: {en}" if en else ""),
    )


def _note(found: Difference) -> Message:
    note = found.note
    if not note:
        return M("", "")
    if found.kind is Kind.ADDED:
        return M(f"内容与 {note} 相同，可能是改了名", f"the same as {note}, perhaps renamed")
    if found.kind is Kind.ALTERED:
        return M(f"内容是 {note} 的", f"its content is that of {note}")
    if found.kind is Kind.WRONG_TYPE:
        return M(f"服务器说是 {note}", f"the server calls it {note}")
    if found.kind is Kind.BAD_SIGNATURE:
        return M(f"清单的日期 {note} 不在密钥的使用期内", f"the manifest's day {note} is none of the key's")
    if found.kind is Kind.STALE:
        return M(f"清单的日期是 {note}", f"the manifest is of {note}")
    if found.kind is Kind.MISSING and not note.startswith("HTTP"):
        return M(f"服务器转到 {note}", f"the server leads to {note}")
    return M(note, note)


def _piece(one: Injected) -> Message:
    if one.element == "comment":
        return M(f"注释 {one.shown}", f"comment {one.shown}")
    return M(f"<{one.element}> {one.shown}", f"<{one.element}> {one.shown}")


def help_for(kind: Kind) -> Message:
    """Return what to do about differences of a kind."""
    return _HELP[kind]
