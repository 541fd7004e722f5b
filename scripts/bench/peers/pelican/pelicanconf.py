"""Settings of the Pelican site of the benchmark: columns are categories, topics are tags."""

import json
from pathlib import Path

_NAVIGATION = json.loads((Path(__file__).parent / "nav.json").read_text("utf-8"))

SITENAME = _NAVIGATION["site"]
SITEURL = "https://www.example.gov.cn"
PATH = "content"
THEME = "theme"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh"
RELATIVE_URLS = False
PLUGINS: list[str] = []

COLUMNS = _NAVIGATION["columns"]
TOPICS = _NAVIGATION["topics"]
COLUMN_TITLES = {child["key"]: child["title"] for column in COLUMNS for child in column["children"]}
TOPIC_TITLES = {topic["key"]: topic["title"] for topic in TOPICS}
PARENTS = {child["key"]: column for column in COLUMNS for child in column["children"]}

STATIC_PATHS: list[str] = []
THEME_STATIC_DIR = "."
ARTICLE_URL = "{category}/{slug}.html"
ARTICLE_SAVE_AS = "{category}/{slug}.html"
CATEGORY_URL = "{slug}/index.html"
CATEGORY_SAVE_AS = "{slug}/index.html"
TAG_URL = "topics/{slug}/index.html"
TAG_SAVE_AS = "topics/{slug}/index.html"
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
ARCHIVES_SAVE_AS = ""
CATEGORIES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "sitemap", "tags", *(f"column-{column['key']}" for column in COLUMNS)]
INDEX_SAVE_AS = "index.html"
TAGS_SAVE_AS = "topics/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
TEMPLATE_PAGES: dict[str, str] = {}

DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"category": 20, "tag": 20}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/{number}.html", "{base_name}/{number}.html"),
)
FEED_ALL_ATOM = "atom.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = None
TAG_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

MARKDOWN = {
    "extension_configs": {"markdown.extensions.tables": {}, "markdown.extensions.toc": {}},
    "output_format": "html5",
}
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
GZIP_CACHE = False
CONTENT_CACHING_LAYER = "generator"
