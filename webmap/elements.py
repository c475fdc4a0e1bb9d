"""The pieces of which Folium composes the map page."""

from __future__ import annotations

from typing import Any

import folium
from branca.element import Figure
from folium.elements import JSCSSMixin
from folium.template import Template
from jinja2 import Template as PlainTemplate

from webmap.assets import VENDOR

#: Stands in the page where each answer puts its own nonce, so that the page itself can be kept. In JSON its quotes are
#: escaped, so no data can imitate it.
NONCE = 'nonce="of this answer"'


class Sheet(Figure):
    """The whole document: language, theme, and the nonce that its one inline script needs."""

    _template = PlainTemplate(
        '<!DOCTYPE html>\n<html lang="{{ this.language }}" data-theme="{{ this.theme }}">\n<head>\n'
        "<title>{{ this.title|e }}</title>\n{{ this.header.render(**kwargs) }}\n</head>\n"
        '<body class="map-page">\n{{ this.html.render(**kwargs) }}\n'
        '<script ' + NONCE + '>\n{{ this.script.render(**kwargs) }}\n</script>\n</body>\n</html>\n'
    )

    def __init__(self, title: str, language: str, theme: str) -> None:
        super().__init__(title=title)
        self.language, self.theme = language, theme


class CountyMap(folium.Map):
    """The Leaflet map without tiles and without Folium's inline styles; it can be zoomed by the browser, too."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id="{{ this.get_name() }}" tabindex="0" role="application"
                 aria-label="{{ this.label|e }}"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )

    def __init__(self, label: str, location: tuple[float, float]) -> None:
        """`location` is (lat, lon), as Leaflet has it."""
        super().__init__(
            location=location, zoom_start=12, tiles=None, zoom_control=False, attribution_control=False,
            fade_animation=False, zoom_animation=True, min_zoom=4, maxZoom=18, world_copy_jump=True,
        )  # fmt: skip
        self.label = label


class Piece(folium.MacroElement):
    """A part of the page's body, rendered by the application's own templates."""

    _template = Template("{% macro html(this, kwargs) %}{{ this.markup }}{% endmacro %}")

    def __init__(self, markup: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.markup = markup


class Styles(folium.MacroElement):
    """Links to our style sheets and to the modules that the page will need, so that they come side by side."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            {% for address in this.sheets %}<link rel="stylesheet" href="{{ address }}">
            {% endfor %}{% for address in this.modules %}<link rel="modulepreload" href="{{ address }}">
            {% endfor %}<link rel="icon" href="data:,">
        {% endmacro %}
        """
    )

    def __init__(self, sheets: list[str], modules: list[str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.sheets, self.modules = sheets, modules


class Drawing(JSCSSMixin, folium.MacroElement):
    """Starts our scripts on the map it is added to. `data` holds addresses, titles and counts, never features."""

    default_js = [("protomaps_leaflet", f"{VENDOR}/protomaps-leaflet/protomaps-leaflet.js")]
    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <script type="application/json" id="page-data" """
        + NONCE
        + """>{{ this.data|tojson }}</script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            import({{ this.module|tojson }}).then(({ start }) => start({{ this._parent.get_name() }}));
        {% endmacro %}
        """
    )

    def __init__(self, module: str, data: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Drawing"
        self.module, self.data = module, data
