"""Where a site is published, as records.

Owns the keys of `publish` in the catalogue. Must not know protocols. Passwords and keys have no place here.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_site.model.record import Marks, Record
from build_site.model.spec import derived, keyed


@dataclass(frozen=True, slots=True)
class PublishTarget(Record):
    """One place where the site is published."""

    name: str = keyed(
        "名称",
        doc="怎样称呼它：build-site publish 后面写这个名字，回执放在 receipts/ 下同名的文件夹里",
        example="gov-cloud",
        pattern=r"[a-z0-9][a-z0-9-]{0,39}",
        form="小写字母、数字和连字符，不超过 40 个",
        form_en="small letters, digits and hyphens, 40 at most",
    )
    address: str = keyed(
        "地址",
        doc="文件夹，或 ssh://、sftp://、s3://、davs:// 开头的地址；不能带密码",
        example="ssh://publish@www.example.gov.cn/srv/www/zfxxgk",
    )
    keep: int = keyed("保留", doc="目标上保留最近几次发布的网站，用来退回；0 是全部", bounds=(0, 9999), default=10)
    links: bool = keyed("链接", doc="用链接一步切换；不能用链接的目标写“否”", default=True)
    parallel: int = keyed("同时发送", doc="同时发送几个文件", bounds=(1, 32), default=4)
    signed: bool = keyed("要求签名", doc="没有签名就不发布", default=False)
    endpoint: str = keyed(
        "服务地址", doc="s3 类目标的服务地址，完整的网址", example="https://obs.example.gov.cn", default=""
    )
    marks: Marks | None = derived()
