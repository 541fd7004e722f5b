"""Lists, topics, home and feed of the MkDocs site of the benchmark: MkDocs itself makes one page from one file."""

import json
from pathlib import Path
from typing import Any

ROWS = 20
_made: dict[str, Any] = {}


def on_env(env: Any, config: Any, files: Any) -> Any:
    """Remember the notices, newest first, and give templates the navigation."""
    data = json.loads((Path(config.config_file_path).parent / "nav.json").read_text("utf-8"))
    pages = [file.page for file in files.documentation_pages() if file.page.meta.get("docno")]
    pages.sort(key=lambda page: (str(page.meta["date"]), page.file.src_uri), reverse=True)
    env.globals["columns"], env.globals["topics"] = data["columns"], data["topics"]
    env.globals["names"] = {child["key"]: child["title"] for column in data["columns"] for child in column["children"]}
    env.globals["tops"] = {column["key"]: column["title"] for column in data["columns"]}
    env.globals["topic_names"] = {topic["key"]: topic["title"] for topic in data["topics"]}
    _made.update(env=env, pages=pages, data=data)
    return env


def on_post_build(config: Any) -> None:
    """Write what is made from more than one notice."""
    env, pages, data = _made["env"], _made["pages"], _made["data"]
    out = Path(config.site_dir)
    columns: dict[str, list[Any]] = {}
    topics: dict[str, list[Any]] = {}
    for page in pages:
        columns.setdefault(page.file.src_uri.rpartition("/")[0], []).append(page)
        topics.setdefault(page.meta["topic"], []).append(page)

    def put(address: str, template: str, **values: Any) -> None:
        (out / address).parent.mkdir(parents=True, exist_ok=True)
        (out / address).write_text(env.get_template(template).render(config=config, **values), "utf-8")

    def put_list(folder: str, title: str, filed: list[Any]) -> None:
        last = max(1, -(-len(filed) // ROWS))
        for number in range(1, last + 1):
            rows = filed[(number - 1) * ROWS : number * ROWS]
            name = "index" if number == 1 else str(number)
            put(f"{folder}/{name}.html", "list.html", title=title, rows=rows, number=number, last=last)

    for column in data["columns"]:
        filed = [(child, columns.get(f"{column['key']}/{child['key']}", [])) for child in column["children"]]
        put(f"{column['key']}/index.html", "directory.html", title=column["title"], column=column, filed=filed)
        for child, rows in filed:
            put_list(f"{column['key']}/{child['key']}", child["title"], rows)
    for topic in data["topics"]:
        put_list(f"topics/{topic['key']}", topic["title"], topics.get(topic["key"], []))
    put("topics/index.html", "topics.html", title="主题")
    newest = {
        column["key"]: [page for page in pages if page.file.src_uri.startswith(f"{column['key']}/")][:6]
        for column in data["columns"]
    }
    put("index.html", "home.html", title=config.site_name, newest=newest)
    put("atom.xml", "atom.xml", rows=pages[:20])
