"""Rules on links: every link on every rendered page reaches something with content.

Owns their codes and documentation; `links_written` and `links_rendered` judge, `link_wording` words the verdicts.
"""

from __future__ import annotations

from functools import partial

from build_site.checks.rule import SEED, Rule
from build_site.checks.rules import links_rendered, links_written
from build_site.model.finding import Message, Severity

M = Message

_EVERY_LINK = M(
    "点开是空的或打不开的链接，公众会以为没有公开。",
    "A link that leads nowhere tells the public that nothing was disclosed.",
)


def _rule(
    code: str,
    name: str,
    title: Message,
    fix: Message,
    bad: str,
    good: str,
    why: Message = _EVERY_LINK,
    **checks: object,
) -> Rule:
    return Rule(code, name, Severity.ERROR, title, why, fix, bad, good, SEED, firm=True, **checks)  # type: ignore[arg-type]


LINK_RULES: tuple[Rule, ...] = (
    _rule(
        "LNK101",
        "link-to-missing-page",
        M("链接的页面不存在", "link to a missing page"),
        M("改正路径；路径从本文件所在的文件夹算起。", "Correct the path; it starts from this file's folder."),
        "[通知](../zd/999.md)",
        "[通知](../zd/2020-00022.md)",
        site=partial(links_written.written, "link-to-missing-page"),
        output=partial(links_rendered.missing, "link-to-missing-page"),
    ),
    _rule(
        "LNK102",
        "link-to-missing-file",
        M("链接的文件不存在", "link to a missing file"),
        M(
            "把文件放到这篇文件旁边，检查文件名和大小写。",
            "Put the file beside the document; check name and letter case.",
        ),
        "[申请表](Sqb.docx)",
        "[申请表](sqb.docx)",
        fault=links_written.missing_attachment,
        site=partial(links_written.written, "link-to-missing-file"),
        output=partial(links_rendered.missing, "link-to-missing-file"),
    ),
    _rule(
        "LNK103",
        "link-to-missing-anchor",
        M("链接的位置不存在", "link to a missing anchor"),
        M("# 后面写目标页标题的编号，或去掉它。", "After # write the id of a heading of the target, or drop it."),
        "[见第四部分](../zn/index.md#四)",
        "[见第四部分](../zn/index.md#四受理机构)",
        output=links_rendered.missing_anchor,
    ),
    _rule(
        "LNK104",
        "link-to-empty-page",
        M("链接指向空白页", "link to an empty page"),
        M(
            "给目标页写上内容，或者改为草稿并去掉链接。",
            "Write the target's content, or make it a draft and remove the link.",
        ),
        "[公示](gs.md)（gs.md 的正文只有“敬请期待”）",
        "[公示](gs.md)（gs.md 有正文、表格或附件）",
        site=partial(links_written.written, "link-to-empty-page"),
        output=links_rendered.empty_page,
    ),
    _rule(
        "LNK105",
        "link-to-empty-file",
        M("链接指向空文件", "link to an empty file"),
        M("重新导出文件并替换。", "Export the file again and replace it."),
        "[名单](mingdan.pdf)（0 字节，或只有白页）",
        "[名单](mingdan.pdf)（有文字）",
        site=links_written.empty_file,
    ),
    _rule(
        "LNK106",
        "link-to-unpublished-page",
        M("链接指向未公开的文件", "link to an unpublished page"),
        M("等目标发布后再加链接。", "Add the link when its target is published."),
        "[通知](2020-00031.md)（状态: 草稿）",
        "[通知](2020-00022.md)（已发布）",
        site=partial(links_written.written, "link-to-unpublished-page"),
    ),
    _rule(
        "LNK107",
        "unusable-link",
        M("链接地址不能用", "unusable link"),
        M("改成公众能打开的地址。", "Write an address that the public can open."),
        "[空]()、[顶](#)、[表](D:\\表.docx)、[内网](http://10.1.2.3/)",
        "[网站](https://www.gov.cn/)、[表](biao.docx)",
        why=M(
            "空地址、脚本、本机文件、内网地址，公众都打不开，还会泄露内部信息。",
            "Empty addresses, scripts, local files and intranet addresses do not open for the public, and leak.",
        ),
        site=partial(links_written.written, "unusable-link"),
        output=links_rendered.unusable,
    ),
    Rule(
        "LNK108",
        "full-width-link-brackets",
        Severity.WARNING,
        M("链接的括号是全角的", "link with full-width brackets"),
        M(
            "全角括号不会成为链接，公众看到的是一串文字。",
            "Full-width brackets make no link; the public reads plain text.",
        ),
        M("改成半角括号。", "Write half-width brackets."),
        "[指南]（../zn/index.md）",
        "[指南](../zn/index.md)",
        fault=links_written.full_width_brackets,
    ),
    Rule(
        "LNK109",
        "link-by-number",
        Severity.WARNING,
        M("链接用 IP 地址代替网址", "link by an IP address"),
        M(
            "公众看不出是谁的网站，浏览器也会提示证书不对；服务器一换，链接就断了。",
            "Nobody can tell whose site it is, browsers warn of its certificate, and it breaks with the next server.",
        ),
        M("改成带域名的网址。", "Write the domain name."),
        "[网上报名](http://203.0.113.7:8080/bm)",
        "[网上报名](https://bm.example.gov.cn/)",
        site=links_written.by_number,
    ),
)
