"""A model behind a real HTTP server: it answers what a test has it say, and keeps what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug import Request, Response

KEY = "sk-test-0123456789"
Asked = dict[str, Any]


def completion(content: str, **more: Any) -> str:
    """The body of a chat completion with this text."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop", **more}
    return json.dumps({"id": "c1", "object": "chat.completion", "choices": [choice]}, ensure_ascii=False)


def labels(asked: Asked, said: Mapping[str, tuple[str, str]] | None = None, **more: Any) -> str:
    """An answer that labels every number: by the words that hold it where ``said`` knows them, else as none."""
    found = []
    for one in asked["numbers"]:
        indicator, kind = ("none", "none")
        for words, label in (said or {}).items():
            if words in one["number"]:
                indicator, kind = label
        found.append({"n": one["n"], "indicator": indicator, "kind": kind})
    return json.dumps({"labels": found, **more}, ensure_ascii=False)


@dataclass
class Model:
    """``say`` makes the text of a completion, or a whole response, of what was asked."""

    url: str
    say: Callable[[Asked], str | Response] = labels
    asked: list[Asked] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        body = json.loads(request.get_data())
        self.requests.append(body)
        self.keys.append(request.headers.get("authorization"))
        self.asked.append(json.loads(body["messages"][1]["content"]))
        said = self.say(self.asked[-1])
        return said if isinstance(said, Response) else Response(completion(said), content_type="application/json")


def section(url: str, **more: object) -> str:
    """The section of the configuration that points to a model."""
    given = {"enabled": "true", "url": url, "model": "test-model", "secret_env": "MODEL_KEY", **more}
    return "second_reader:\n" + "".join(f"  {key}: {value}\n" for key, value in given.items() if value is not None)
