"""Writes the JSON Schemas of `catalog.yaml` and of front matter into `build_site/schema/`.

Run: python -m scripts.schemas
"""

from __future__ import annotations

import json
from pathlib import Path

from build_site.loading.json_schema import SCHEMAS, schema

FOLDER = Path(__file__).parent.parent / "build_site" / "schema"


def schema_text(name: str) -> str:
    """Return the text of the schema file `name`."""
    return json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in SCHEMAS:
        (FOLDER / name).write_text(schema_text(name), "utf-8")
