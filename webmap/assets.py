"""Folium's links, all of them turned to files of ours.

Folium links about ten files on other hosts, in lists that belong to the classes. They are replaced once, when this
module is read by the page: what we serve keeps its name, what we do not need is dropped, and anything else (a plugin
that somebody adds later) leads to a local 404 that names it, never to another host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import folium
from folium.elements import JSCSSMixin

VENDOR = "/static/vendor"
#: Folium's names → our files.
OURS = {"leaflet": f"{VENDOR}/leaflet/leaflet.js", "leaflet_css": f"{VENDOR}/leaflet/leaflet.css"}
#: Named by folium.Map, not used by our page.
UNUSED = frozenset(
    "jquery bootstrap awesome_markers bootstrap_css glyphicons_css awesome_markers_font_css awesome_markers_css "
    "awesome_rotate_css".split()
)
OUTSIDE = re.compile(r"^(https?:)?//")


def keep_local() -> None:
    """Point every Folium class at our own files. Calling it twice changes nothing."""
    for mixin in _mixins(JSCSSMixin):
        for links in (mixin.__dict__.get("default_js"), mixin.__dict__.get("default_css")):
            if links is not None:
                links[:] = [(name, local_address(name, url)) for name, url in links if name not in UNUSED]


def local_address(name: str, url: str) -> str:
    """Our address of a file that Folium calls `name`; an unknown one is a 404 of ours."""
    if name in OURS:
        return OURS[name]
    return f"{VENDOR}/missing/{name}" if OUTSIDE.match(url) else url


def _mixins(root: type) -> Iterator[type]:
    children: list[type] = root.__subclasses__()
    for child in children:
        yield child
        yield from _mixins(child)


def map_classes() -> tuple[type, ...]:
    """The Folium classes that link files; tests look at their lists."""
    return (folium.Map, *_mixins(JSCSSMixin))
