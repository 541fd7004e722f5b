"""Views to HTML.

Owns the Jinja2 environment and the filters that templates may use. Must not write files or know the site.
"""

from __future__ import annotations

import contextlib
import re
import traceback
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup

from build_site.model.finding import Fault
from build_site.model.text import Location
from build_site.model.theme import DEFAULT
from build_site.rendering.closure import closure
from build_site.rendering.leaving import Marker
from build_site.rendering.relative import href, rooted
from build_site.rendering.text_fingerprint import with_fingerprint
from build_site.rendering.theme import Theme
from build_site.rendering.views import NotFoundView, Shared, View

_BLANK_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True)
class Renderer:
    """Renders views with one theme; `shared` is what every page shows, `marker` marks the links that leave the site."""

    theme: Theme
    shared: Shared
    environment: jinja2.Environment
    marker: Marker

    def page(self, view: View, address: str) -> tuple[str, Fault | None]:
        """Return the HTML of `view` at `address`, or an empty text with the fault of the template."""
        try:
            template = self.environment.get_template(view.template)
            text = template.render(
                view=view, shared=self.shared, address=address, absolute=isinstance(view, NotFoundView)
            )
        except (
            jinja2.TemplateError,
            ArithmeticError,
            LookupError,
            TypeError,
            ValueError,
            AttributeError,
            RecursionError,
        ) as error:
            return "", self._fault(error, address)
        return with_fingerprint(self.marker.marked(_BLANK_LINES.sub("\n", text))), None

    def warm_up(self, view: View) -> None:
        """Compile what renders `view`, so that processes started later have it."""
        with contextlib.suppress(jinja2.TemplateError, UnicodeDecodeError):  # rendering tells what is wrong
            for name, _ in closure(self.environment, view.template):
                self.environment.get_template(name)

    def _fault(self, error: Exception, address: str) -> Fault:
        file, line = "", 0
        if isinstance(error, jinja2.TemplateSyntaxError):
            file, line = error.filename or str(error.name or ""), error.lineno
        elif isinstance(error, jinja2.TemplateNotFound):
            file = str(error.name or "")
        elif isinstance(error, UnicodeDecodeError):
            file = self._undecodable()
        for frame in traceback.extract_tb(error.__traceback__):
            if any(Path(frame.filename).is_relative_to(layer) for layer in self.theme.layers):
                file, line = frame.filename, frame.lineno or 0
        return Fault(
            "template-error", Location(self._shown(file), line), (("problem", _plain(error)), ("page", address))
        )

    def _undecodable(self) -> str:
        for layer in self.theme.layers:
            for place in sorted((layer / "templates").rglob("*.html")):
                try:
                    place.read_text("utf-8")
                except UnicodeDecodeError:
                    return str(place)
        return ""

    def _shown(self, file: str) -> str:
        for layer in self.theme.layers:
            if file and Path(file).is_relative_to(layer):
                return f"themes/{layer.name}/{Path(file).relative_to(layer).as_posix()}"
        return f"themes/{DEFAULT}/templates/{file}" if file else f"themes/{DEFAULT}"


def _plain(error: Exception) -> str:
    """Return the error's words without Python's names for things."""
    if isinstance(error, RecursionError):
        return "模板包含了自己 (a template includes itself)"
    return re.sub(r"'[\w.]*\.(\w+) object'", r"\1", str(error))


def template_loader(layers: tuple[Path, ...]) -> jinja2.BaseLoader:
    """Return what finds the templates in the folders of `layers`, the topmost first."""
    return layered(tuple((layer.name, jinja2.FileSystemLoader(layer / "templates")) for layer in layers))


def layered(layers: tuple[tuple[str, jinja2.BaseLoader], ...]) -> jinja2.BaseLoader:
    """Return what finds `home.html` in the topmost layer that has it, `NAME/home.html` from layer NAME down."""
    loaders = [loader for _, loader in layers]
    below: dict[str, jinja2.BaseLoader] = {
        name: jinja2.ChoiceLoader(loaders[number:]) for number, (name, _) in enumerate(layers)
    }
    return jinja2.ChoiceLoader([*loaders, jinja2.PrefixLoader(below)])


def make_renderer(
    theme: Theme, shared: Shared, trusted: tuple[str, ...] = (), loader: jinja2.BaseLoader | None = None
) -> Renderer:
    """Return a renderer for one build; links to `trusted` hosts are not marked as leading to another site.

    Templates come from `loader`, by default from the layers of `theme`.
    """
    environment = jinja2.Environment(
        loader=loader or template_loader(theme.layers),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )

    @jinja2.pass_context
    def url(context: jinja2.runtime.Context, address: str, fragment: str = "") -> str:
        if context["absolute"]:
            return rooted(address, shared.base_path)
        return href(address, context["address"], fragment)

    @jinja2.pass_context
    def asset(context: jinja2.runtime.Context, name: str) -> str:
        if name not in theme.static:
            raise jinja2.TemplateRuntimeError(f"static/{name}: 没有这个文件 (no such file)")
        return url(context, theme.static[name][0])

    environment.filters |= {"url": url, "asset": asset, "html": Markup}
    return Renderer(theme, shared, environment, Marker(shared.site_domain, trusted))
