"""A browser of the fewest words: keeps cookies and one connection, and fills in forms."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TIMEOUT_S = 30


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    text: str


class Browser:
    """Somebody at a browser.

    Parameters
    ----------
    port
        Port of this machine.
    session
        Name of the session of somebody who is signed in.

    Attributes
    ----------
    leads_to
        Where the last answer led; nowhere where it is empty.
    """

    def __init__(self, port: int, session: str) -> None:
        """Open nothing yet."""
        self.port, self.cookies, self.token = port, {"sessionid": session}, ""
        self.leads_to = ""
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """Open a page."""
        return await self._ask("GET", path, "")

    async def post(self, path: str, told: Mapping[str, object]) -> Answer:
        """Send a form, with the token of the last page."""
        fields = {"csrfmiddlewaretoken": self.token, **told}
        return await self._ask("POST", path, urlencode(fields))

    def close(self) -> None:
        """Close the connection."""
        if self.streams is not None:
            self.streams[1].close()
        self.streams = None

    async def _ask(self, method: str, path: str, body: str) -> Answer:
        was_open = self.streams is not None
        try:
            return await asyncio.wait_for(self._once(method, path, body), TIMEOUT_S)
        except (ConnectionError, EOFError):
            self.close()
            if not was_open:
                raise
            # The server closed a connection that was kept for long; browsers open another.
            return await self._ask(method, path, body)
        except BaseException:
            self.close()
            raise

    async def _once(self, method: str, path: str, body: str) -> Answer:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {cookies}"]
        if method == "POST":
            lines += [
                f"Origin: http://127.0.0.1:{self.port}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body.encode())}",
            ]
        writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        await writer.drain()
        first = await reader.readline()
        if not first:
            raise EOFError
        status = int(first.split()[1])
        headers: dict[str, str] = {}
        while line := (await reader.readline()).decode().strip():
            name, _colon, value = line.partition(":")
            if name.lower() == "set-cookie":
                cookie, _equals, kept = value.strip().partition("=")
                self._keep(cookie, kept)
            headers[name.lower()] = value.strip()
        self.leads_to = headers.get("location", "")
        text = (await self._body(reader, headers)).decode()
        if headers.get("connection", "").lower() == "close":
            self.close()
        if found := TOKEN.search(text):
            self.token = found[1]
        return Answer(status, headers, text)

    def _keep(self, cookie: str, told: str) -> None:
        if "max-age=0" in told.lower():
            self.cookies.pop(cookie, None)
        else:
            self.cookies[cookie] = told.partition(";")[0]

    @staticmethod
    async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
        if "content-length" in headers:
            return await reader.readexactly(int(headers["content-length"]))
        if headers.get("transfer-encoding") != "chunked":
            return b""
        parts: list[bytes] = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)
