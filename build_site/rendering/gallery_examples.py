"""One example of every component of a theme.

Owns the few words of Jinja2 by which a page template would call each macro. A new macro in `templates/parts/` gets an
example here; what it shows stands in `gallery_values`. Must not render.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A component: the part and the macro, what it is for, and how a template calls it."""

    part: str
    macro: str
    about: str
    call: str


EXAMPLES: tuple[Example, ...] = (
    Example("marks", "day", "日期，人和机器都能读", "<p>{{ day('2026-02-03') }}</p>"),
    Example("marks", "long_day", "公文里的日期", "<p>{{ long_day('2026-02-03') }}</p>"),
    Example("marks", "tag", "状态，写成词，颜色只重复词的意思", "<p>{{ tag('有效', 'in-force') }} {{ tag('尚未施行', 'not-yet') }} {{ tag('已废止', 'repealed') }} {{ tag('已失效', 'expired') }} {{ tag('进行中', 'open') }} {{ tag('未开始', 'soon') }} {{ tag('研究中', 'study') }} {{ tag('已反馈', 'done') }}</p>"),
    Example("marks", "heading", "标题；以本机关名称开头的，在名称后面换行", "<p>{{ heading('关于调整优待抚恤补助标准的通知') }}</p>"),
    Example("marks", "part_title", "页面框架里的小标题", "{{ part_title('相关文件') }}"),
    Example("marks", "empty_note", "没有内容时的一句话", "{{ empty_note('本机关公布的文件中，目前没有已经废止的。') }}"),
    Example("facts", "value", "一项信息的值，能点的是链接", "<p>{{ value(fact) }}</p>"),
    Example("facts", "facts_list", "文件的元数据", "{{ facts_list(facts, 'in-force') }}"),
    Example("facts", "record", "页面公开的一组信息，如办事指南的要素", "{{ record(record_facts) }}"),
    Example("facts", "contact", "受理机构的联系方式和核对日期", "{{ contact(agency) }}"),
    Example("facts", "state_box", "读者最先要看的日期", "{{ state_box(dates) }}"),
    Example("facts", "summary_line", "栏目的条数、更新日期、责任处室、依据", "{{ summary_line(36, '2026-02-03', '办公室', '《示例办法》第三条') }}"),
    Example("facts", "revision_list", "更正和补充记录", "{{ revision_list(revisions) }}"),
    Example("facts", "imprint", "文件末尾：元数据没有写到的来源、咨询电话", "{{ imprint('某市人民政府网站', fact) }}"),
    Example("facts", "explanation", "空栏目的情况说明", "{{ explanation(told) }}"),
    Example("facts", "lines", "几句话，多于一句时分行", "{{ lines(('网站', '公示栏')) }}"),
    Example("facts", "points", "带标题的条目", "{{ points('会议议题', ('审议工作规则', '审议年度计划'), true) }}"),
    Example("rows", "document_row", "列表里的一份文件", '<ul class="rows">{{ document_row(row) }}</ul>'),
    Example("rows", "document_list", "文件列表；full 时文号、状态、日期各成一列", "{{ document_list(rows, true) }}"),
    Example("rows", "interpreted", "解读的文件", "{{ interpreted(rows) }}"),
    Example("rows", "titled_list", "带标题的文件列表", "{{ titled_list('相关文件', rows) }}"),
    Example("rows", "column_row", "目录里的一个栏目", '<ul class="rows columns">{{ column_row(column) }}</ul>'),
    Example("rows", "column_list", "栏目目录，没有内容的栏目写明原因", "{{ column_list(columns, true) }}"),
    Example("rows", "link_list", "只有标题的链接", "{{ link_list(links) }}"),
    Example("tables", "cell_text", "单元格的文字、链接或状态", "<p>{{ cell_text(cell) }}</p>"),
    Example("tables", "table_view", "数据表；文字多的在手机上变成卡片", "{{ table_view(table, marks=marks) }}"),
    Example("tables", "folded", "很长、少数人才用的内容，折叠起来", "{% call folded('展开看全部条件') %}<p>这里是折叠的内容。</p>{% endcall %}"),
    Example("tables", "figure_view", "图和图后面的数据表", "{{ figure_view(figure) }}{{ figure_view(process) }}"),
    Example("catalogue", "catalogue_table", "标准目录", "{{ catalogue_table(items, '主动公开标准目录（示例）') }}"),
    Example("pager", "choices", "一组预先分好的选择", "{{ choices('年份（单独一组）', years) }}"),
    Example("pager", "facets", "列表的全部分面", "{{ facets(groups) }}"),
    Example("pager", "pages", "分页", "{{ pages(pager) }}"),
    Example("pager", "siblings", "前后年度的报告", "{{ siblings('其他年度的报告', earlier) }}"),
    Example("files", "file_card", "一个附件，类型和大小在链接里", '<ul class="files">{{ file_card(file) }}</ul>'),
    Example("files", "file_list", "附件列表", "{{ file_list(files) }}"),
    Example("files", "form_list", "可以下载的申请表", "{{ form_list(files) }}"),
    Example("files", "one_button", "一页上最要紧的一件事", "{{ one_button('https://example.gov.cn/', '网上办理') }}"),
    Example("notice", "notice_banner", "文件状态提示", "{{ notice_banner(notice) }}"),
    Example("notice", "state_notice", "征集的状态", "{{ state_notice('done', '进行中', '正在征集意见，2026年12月11日 24:00 截止', '征集期 33日。') }}"),
    Example("notice", "first_box", "办事以前先做的事", "{% call first_box('申请前请先检索') %}<p>您要的信息可能已经公开。</p>{% endcall %}"),
    Example("notice", "plain_box", "与正文分开的一段", "{% call plain_box('办理时间', 'hours') %}<p>工作日 9:00—17:00</p>{% endcall %}"),
    Example("search", "search_form", "检索框，打开公开目录", "{{ search_form(register) }}"),
    Example("toc", "contents", "本页目录", "{{ contents(toc) }}"),
    Example("toc", "text_body", "编辑写的正文", "{{ text_body(body) }}"),
    Example("cards", "card", "一张卡片", '<ul class="cards">{{ card(card_facts) }}</ul>'),
    Example("cards", "card_grid", "并排的卡片", "{{ card_grid(cards) }}"),
    Example("stages", "stage_list", "重点领域的公开环节", "{{ stage_list(stages) }}"),
    Example("stages", "stage_sections", "各环节的文件", "{{ stage_sections(stages) }}"),
    Example("stages", "steps", "办事的步骤", "{{ steps(('提出申请', '审核', '发证')) }}"),
    Example("stages", "timeline", "逐日的记录", "{{ timeline(days) }}"),
    Example("module", "module", "首页模块", "{{ module(home_module, 'm-1') }}"),
    Example("module", "recent", "近期公开", "{{ recent(rows) }}"),
)  # fmt: skip
"""Every component, part by part."""
