"""The page that says what went wrong, for people; programs get problem answers (webmap/api/problems.py)."""

from __future__ import annotations

from flask import Response, render_template

from webmap import language, risk_map
from webmap.language import say as _


def failure_page(status: int, detail: str = "", mend: str = "") -> Response:
    """What is wrong, how to mend it, and the way back. Where the database is away the page asks again by itself."""
    titles = {
        400: _("这个地址里有不能用的内容"), 404: _("没有这个页面"), 503: _("数据暂时读不到"),
        500: _("服务器内部出错，错误已写入日志"),
    }  # fmt: skip
    page = render_template(
        "failure.html", title=titles.get(status, _("这个请求不能完成")), detail=detail, mend=mend, again=status == 503,
        english=language.english(), theme=risk_map.theme(), sheets=risk_map.stylesheets("tokens", "layout", "rows"),
    )  # fmt: skip
    return Response(page, status, headers={"Cache-Control": "no-store"})
