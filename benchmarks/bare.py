"""The yardstick: an ASGI application that does nothing but send one prepared answer.

`BARE_ANSWER` names a JSON file with status, headers and the body in base64.
"""

import base64
import json
import os
from pathlib import Path

from starlette.types import Message, Receive, Scope, Send

_told = json.loads(Path(os.environ["BARE_ANSWER"]).read_text("ascii"))
_START: Message = {
    "type": "http.response.start",
    "status": _told["status"],
    "headers": [(name.encode(), value.encode("latin-1")) for name, value in _told["headers"]],
}
_BODY: Message = {"type": "http.response.body", "body": base64.b64decode(_told["body"])}


async def app(scope: Scope, _receive: Receive, send: Send) -> None:
    """Send the prepared answer, whatever was asked."""
    if scope["type"] == "http":
        await send(_START)
        await send(_BODY)
