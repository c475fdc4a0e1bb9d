"""Protection until there are accounts: this machine only, and writing needs the token that this start has printed.

The Host header is checked (another name that leads here is a trick on the browser), the Origin header is (another
site's page is at work), and a request that came through a proxy reads but never writes, since its sender is unknown.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import quote

from flask import Flask, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from config import Settings
from geodata.errors import Refused

READING = frozenset({"GET", "HEAD", "OPTIONS"})
FORWARDING = ("Forwarded", "Via", "X-Real-IP")
#: RFC 9110, 7.2: a name or an address in brackets, then maybe a port.
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?")
P = ParamSpec("P")
R = TypeVar("R")


def refuse_outside(settings: Settings) -> None:
    """Raise Refused unless the address to listen on is this machine's own, and access is open."""
    if not is_loopback(settings.host):
        raise Refused(
            f"还没有账号，不能在 {settings.host} 上对外服务", "RISKMAP_HOST", "请用 127.0.0.1（只在本机打开）"
        )
    if settings.access != "open":
        raise Refused("账号功能还没有，login 暂不能用", "RISKMAP_ACCESS", "请用 open（只在本机打开）")


def is_loopback(host: str) -> bool:
    """Whether `host` (a name, or an address with or without brackets) is this machine by definition."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def protect(app: Flask, settings: Settings, token: str | None) -> None:
    """Check every request of `app`. `token` is the start token; None lets nobody write."""
    app.config["START_TOKEN"] = token
    app.config["START_COOKIE"] = f"riskmap_start_{settings.port}"  # cookies do not tell ports apart

    @app.before_request
    def check() -> AnyResponse | None:
        if not is_loopback(_host_name(request.headers.get("Host", ""))):
            return _problem(403, "主机名不对", "只能用 127.0.0.1 或 localhost 打开")
        if any("\0" in text for given in request.args.items(multi=True) for text in given):
            return _problem(400, "地址里有空字符（%00）", "请去掉它")
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2] != request.host:
            return _problem(403, "请求来自别的网站", "请在本系统自己的页面上操作")
        if "token" in request.args and request.method in READING:
            return _take_token()
        return None if request.method in READING else _writing_refusal()


def may_write() -> bool:
    """Whether the request at hand may write: it carries the start token and came straight from this machine."""
    return _writing_refusal() is None


def writes(view: Callable[P, R]) -> Callable[P, R | AnyResponse]:
    """Mark a page that is only for those who may write, a form read with GET for instance."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | AnyResponse:
        return _writing_refusal() or view(*args, **kwargs)

    return guarded


def _writing_refusal() -> AnyResponse | None:
    if _forwarded():
        return _problem(403, "经代理转发的请求只能查看", "请在服务器本机上打开")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return _problem(403, "请求来自别的网站", "请在本系统自己的页面上操作")
    if not _has_token():
        return _problem(403, "没有写入的权限", "请用启动时显示的带 token 的链接打开一次")
    return None


def _forwarded() -> bool:
    return any(name.startswith("X-Forwarded") or name in FORWARDING for name in request.headers.keys())


def _has_token() -> bool:
    authorization = request.headers.get("Authorization", "")
    bearer = authorization[7:].strip() if authorization[:7].lower() == "bearer " else ""
    return _is_token(bearer or request.cookies.get(current_app.config["START_COOKIE"], ""))


def _is_token(given: str) -> bool:
    token: str | None = current_app.config["START_TOKEN"]
    return token is not None and hmac.compare_digest(given.encode(), token.encode())


def _take_token() -> AnyResponse:
    """Turn the link that serve prints into a cookie, and take the token out of the address."""
    if _forwarded() or not _is_token(request.args["token"]):
        return _problem(403, "这个启动链接已失效", "每次启动的链接不同，请用最近一次启动时显示的")
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "token"]
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in rest)
    # One slash: a path of two would be read as another site's name.
    answer = redirect("/" + request.path.lstrip("/") + (f"?{query}" if query else ""), 303)
    name, value = current_app.config["START_COOKIE"], current_app.config["START_TOKEN"]
    answer.set_cookie(name, value, httponly=True, samesite="Strict", secure=request.is_secure)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _host_name(host: str) -> str:
    """The name in a Host header, without the port: `[::1]:8000` is `::1`; empty where it is no name and port."""
    found = _HOST.fullmatch(host)
    return found["name"].strip("[]") if found else ""


def _problem(status: int, title: str, mend: str) -> Response:
    """An RFC 9457 answer."""
    body = {"type": "about:blank", "status": status, "title": title, "detail": f"{title}。{mend}"}
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")
