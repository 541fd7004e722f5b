"""Rules on addresses: permanent, unique, never lost.

Owns the wording about addresses and the comparison with `urls.lock`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from build_site.checks.rule import RenderedSite, Rule
from build_site.checks.substance import emptiness
from build_site.loading.lock import LOCK_NAME
from build_site.loading.placing import NOT_FOUND, is_page
from build_site.model.finding import Fault, Finding, Message, Severity
from build_site.model.generated import is_reserved
from build_site.model.site import Site, Standing
from build_site.model.text import Location

M = Message
_NOT_RECORDED = ("assets/", "manifest.json", "SHA256SUMS")
_OF_INDEX_NUMBER = re.compile(r"wj/\d{4}/\d+\.html")


def _collision(fault: Fault) -> Finding:
    address, other, line = fault.get("address"), fault.get("other"), fault.get("line")
    if not other:
        return Finding(
            fault.where,
            M(
                f"地址 {address} 留给程序自动生成的文件（订阅、搜索引擎用的站点地图、robots.txt）",
                f"the address {address} is kept for a file that the program makes (feed, sitemap.xml, robots.txt)",
            ),
            M("换一个地址，或者删掉这一条", "write another address, or delete the entry"),
        )
    said = M(
        f"地址 {address} 已被 {other}（第 {line} 行）占用",
        f"the address {address} is taken by {other} (line {line})",
    )
    if other.endswith(".md") and fault.where.path.endswith(".md") and _OF_INDEX_NUMBER.fullmatch(address):
        said = M(
            f"索引号的年份和流水号与 {other}（第 {line} 行）的重复了，两篇都要用地址 {address}",
            f"{other} (line {line}) has the same year and serial in its index number; both would be at {address}",
        )
    return Finding(
        fault.where,
        said,
        M(
            "地址由索引号的年份和流水号决定：给这一篇换一个没有用过的流水号；附件和网页重名的，给附件改名",
            "year and serial of the index number make the address: use a serial that was never used; rename a file",
        ),
    )


def _index_number(fault: Fault) -> Finding:
    value = fault.get("value")
    if value:
        message = M(f"索引号“{value}”里找不到 年份-流水号", f"the index number “{value}” has no <year>-<serial>")
    else:
        message = M("缺少索引号，没有永久地址", "without an index number it has no permanent address")
    return Finding(
        fault.where,
        message,
        M(
            "加一行“索引号: 机构代码/2020-00022”（每篇不同）；没有索引号的材料写“编号: 小写字母和数字”",
            "add `index_no: <body code>/2020-00022` (unique), or `id:` with small letters and digits",
        ),
    )


def _vanished(site: Site) -> Iterator[Finding]:
    if site.locked is None:
        return
    for address in _dead(site, site.locked):
        yield Finding(
            Location(LOCK_NAME, site.locked[address], 1, len(address)),
            M(f"公开过的地址消失了：{address}", f"a published address has vanished: {address}"),
            M(
                "三选一：把文件放回来；改了地址的，在 catalog.yaml 的“改址”里写旧地址、新地址"
                + "；撤下的，在文件里写“状态: 撤回”和撤回原因，或在 catalog.yaml 的“撤下”里登记",
                "put the file back; or write a redirect in catalog.yaml; or set `state: 撤回` with a reason, or list it"
                " under `withdrawals`",
            ),
        )


def _dead(site: Site, addresses: Iterable[str]) -> list[str]:
    """Return those of `addresses` at which there is nothing: no page, no file, no word of why it is gone."""
    alive = set(site.pages) | set(site.files) | {item.address for item in site.catalogue.withdrawals}
    taken = tuple(_folders_taken_down(site))
    return [address for address in sorted(set(addresses) - alive) if not address.startswith(taken)]


def _forgotten(site: Site) -> Iterator[Finding]:
    """Compare with all that `urls.lock` ever held, and with what was published last: neither is missed by ADR103."""
    dropped = site.history.dropped if site.history else {}
    published = {address for address in site.receipted if _is_recorded(address, site)}
    for address in _dead(site, (dropped.keys() | published) - (site.locked or {}).keys()):
        commit = dropped.get(address)
        said, back = _dropped(commit) if commit is not None else _published(site.receipted[address])
        yield Finding(
            Location(LOCK_NAME),
            M(
                f"公开过的地址 urls.lock 里没有，现在打不开：{address}（{said.zh}）",
                f"a published address is not in urls.lock and leads nowhere: {address} ({said.en})",
            ),
            M(
                f"把这一行放回 urls.lock（{back.zh}）；页面确实没有了的，在 catalog.yaml 里登记“改址”或“撤下”",
                f"put the line back into urls.lock ({back.en}); where the page is gone for good, list it under `redirects` or `withdrawals`",
            ),
        )


def _dropped(commit: str) -> tuple[Message, Message]:
    """Return who took an address out of the lock, and where the row still is; "" is nobody yet."""
    if not commit:
        return M("删掉了，还没有提交", "taken out, not committed yet"), M(
            "git diff urls.lock 里有", "git diff urls.lock has it"
        )
    where = f"git show {commit.partition(' ')[0]}^:urls.lock"
    return M(f"提交 {commit} 删掉的", f"taken out in commit {commit}"), M(f"{where} 里有", f"{where} has it")


def _published(receipt: str) -> tuple[Message, Message]:
    """Return what says that an address was published, and what the row is."""
    return M(f"回执 {receipt} 里有", f"named in the receipt {receipt}"), M("就是这个地址", "the address itself")


def _is_recorded(address: str, site: Site) -> bool:
    """Return whether a published address is one that the lock has to remember: not what each build names anew."""
    made = address == NOT_FOUND or address.startswith(_NOT_RECORDED) or is_reserved(address, site.columns)
    return not made


def _folders_taken_down(site: Site) -> Iterator[str]:
    """Yield the folders of documents that were taken down: their attachments went with them."""
    for withdrawal in site.catalogue.withdrawals:
        yield withdrawal.address.removesuffix(".html") + "/"
    for document in site.documents:
        if document.standing is Standing.WITHDRAWN:
            yield document.address.removesuffix(".html") + "/"


def _redirects(site: Site, output: RenderedSite) -> Iterator[Finding]:
    seen: set[str] = set()
    for redirect in site.catalogue.redirects:
        if redirect.source in seen:
            yield Finding(
                redirect.at("source"),
                M(f"旧地址 {redirect.source} 写了两次", f"{redirect.source} is redirected twice"),
                M("只留一条", "keep one of them"),
            )
            continue
        seen.add(redirect.source)
        final = site.redirects.get(redirect.source)
        if final is None:
            yield Finding(
                redirect.at("source"),
                M(
                    f"旧地址 {redirect.source} 现在有页面，不能再转走",
                    f"{redirect.source} is a page; it cannot be redirected",
                ),
                M("删除这条改址", "delete the redirect"),
            )
        elif (final not in site.pages and final not in site.files) or final in site.redirects:
            yield Finding(
                redirect.at("target"),
                M(f"新地址不存在：{redirect.target}", f"the new address does not exist: {redirect.target}"),
                M("写成现在有的地址，如 wj/2020/00022.html", "write an address that exists, like wj/2020/00022.html"),
            )
        elif is_page(redirect.source) != is_page(final):
            yield Finding(
                redirect.at("target"),
                M("网页只能改到网页，附件只能改到附件", "a page can only move to a page, a file only to a file"),
                M("写成同类的地址", "write an address of the same kind"),
            )
        elif final in output.pages and (why := emptiness(output.pages[final].substance, site.catalogue.site.min_text)):
            yield Finding(
                redirect.at("target"),
                M(f"改址指向空白页 {final}：{why.zh}", f"the redirect leads to the empty page {final}: {why.en}"),
                M("给目标页写上内容，或改到别的地址", "write the target's content, or redirect elsewhere"),
            )


def _withdrawn(site: Site) -> Iterator[Finding]:
    for document in site.documents:
        if document.standing is Standing.WITHDRAWN and not document.notice.withdrawal_reason:
            yield Finding(
                document.notice.at("state"),
                M("状态是“撤回”，但没有写撤回原因", "withdrawn without a reason"),
                M("加一行“撤回原因: ……”，会显示给公众", "add `withdrawal_reason: …`; the public will read it"),
            )


def _lock_out_of_date(fault: Fault) -> Finding:
    count, shown = fault.get("count"), fault.get("addresses")
    return Finding(
        fault.where,
        M(f"urls.lock 缺少 {count} 个地址：{shown}", f"urls.lock lacks {count} addresses: {shown}"),
        M(
            "在本地运行一次 build-site build，把更新后的 urls.lock 一起提交",
            "run `build-site build` and commit the updated urls.lock",
        ),
    )


ADDRESS_RULES: tuple[Rule, ...] = (
    Rule(
        "ADR101",
        "address-collision",
        Severity.ERROR,
        M("两个页面用同一个地址", "address collision"),
        M("后一个会盖掉前一个，公众看不到其中一篇。", "One would overwrite the other."),
        M("换一个没有用过的索引号。", "Use an index number that was never used."),
        "两篇都写“索引号: 000000000/2020-00022”",
        "000000000/2020-00022、000000000/2020-00023",
        basis=M("《政府信息公开条例》第十二条：目录应有索引", "条例 art. 12: the catalogue has an index"),
        fault=_collision,
    ),
    Rule(
        "ADR102",
        "index-number-missing",
        Severity.ERROR,
        M("缺少索引号", "index number missing"),
        M("永久地址由索引号决定，换栏目、改标题都不变。", "The permanent address comes from it and outlives column and title."),
        M("加“索引号”，或给不是公文的材料加“编号”。", "Add `index_no`, or `id` for what is no official document."),
        "---\n标题: 通知\n---",
        "---\n标题: 通知\n索引号: 000000000/2020-00022\n---",
        basis=M("《政府信息公开条例》第十二条：目录应有索引", "条例 art. 12: the catalogue has an index"),
        fault=_index_number,
    ),
    Rule(
        "ADR103",
        "address-vanished",
        Severity.ERROR,
        M("公开过的地址消失了", "published address vanished"),
        M("别人收藏和引用的链接会打不开；公开过的信息不能无声消失。", "Bookmarks and citations break; published information must not vanish."),
        M("放回来、登记改址，或登记撤下。", "Put it back, redirect it, or record its withdrawal."),
        "删除 content/zd/a.md",
        "redirects:\n  - {from: wj/2020/00022.html, to: wj/2020/00023.html}",
        site=_vanished,
    ),
    Rule(
        "ADR104",
        "lock-out-of-date",
        Severity.ERROR,
        M("urls.lock 没有更新", "lock out of date"),
        M("没有记录的地址以后消失了也发现不了。", "An address that is not recorded can vanish unnoticed."),
        M("本地构建一次并提交 urls.lock。", "Build once and commit urls.lock."),
        "新增文件后没有提交 urls.lock",
        "build-site build；git add urls.lock",
        fault=_lock_out_of_date,
    ),
    Rule(
        "ADR105",
        "broken-redirect",
        Severity.ERROR,
        M("改址不通", "broken redirect"),
        M("跟着旧地址走的人会到空白页或不存在的页。", "Whoever follows the old address ends nowhere."),
        M("写成现在有内容的地址。", "Write an address that has content."),
        "{from: wj/2020/1.html, to: wj/2020/999.html}",
        "{from: wj/2020/1.html, to: wj/2020/00023.html}",
        output=_redirects,
    ),
    Rule(
        "ADR106",
        "withdrawal-without-reason",
        Severity.ERROR,
        M("撤回没有写原因", "withdrawal without a reason"),
        M("公众有权知道公开过的信息为什么撤下。", "The public may know why published information was taken down."),
        M("写“撤回原因”。", "Write `withdrawal_reason`."),
        "状态: 撤回",
        "状态: 撤回\n撤回原因: 误发，已由新的通知代替",
        site=_withdrawn,
    ),
    Rule(
        "ADR107",
        "address-forgotten",
        Severity.ERROR,
        M("公开过的地址 urls.lock 里没有", "published address that the lock forgot"),
        M("urls.lock 少了一行，以后就不再有人发现这个地址打不开。和 Git 里记录的全部历史、和 receipts 里各处最后一张回执比较；浅克隆只查取来的部分。", "Where the lock forgets an address, nobody notices that it leads nowhere. Compared with all that Git recorded, and with the last receipt of each target in receipts/; in a shallow clone only with what was fetched."),
        M("放回这一行，或者登记改址、撤下。", "Put the line back, redirect the address, or record its withdrawal."),
        "删除 content/zd/a.md，也删除 urls.lock 里的 wj/2020/00022.html",
        "redirects:\n  - {from: wj/2020/00022.html, to: wj/2020/00023.html}",
        site=_forgotten,
    ),
)  # fmt: skip
