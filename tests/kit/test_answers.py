"""One thing, a page, a choice of fields."""

import json

import pytest
from pydantic import BaseModel

from app.kit.http import answers
from app.kit.http.problems import Problem


class Row(BaseModel):
    id: str
    name: str | None = None


def test_one():
    answer = answers.one(Row(id="a"), {"revision": 3})
    assert json.loads(answer.body) == {"data": {"id": "a", "name": None}, "meta": {"revision": 3}}
    assert answer.headers["synergies-revision"] == "3"
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=300"
    assert answer.headers["vary"] == "Accept"
    assert "synergies-revision" not in answers.one(1, {}, cache=answers.NO_STORE).headers


def test_page():
    answer = answers.page(
        [Row(id="a"), {"id": "b", "x": float("nan")}],
        total=None,
        total_at_least=10_000,
        meta={"revision": 3},
        next_url="http://h/x?cursor=c",
        fields="id",
        cache=answers.NO_CACHE,
    )
    assert json.loads(answer.body) == {
        "data": [{"id": "a"}, {"id": "b"}],
        "meta": {"revision": 3, "total": None, "total_at_least": 10_000},
        "links": {"next": "http://h/x?cursor=c"},
    }
    assert answer.headers["link"] == '<http://h/x?cursor=c>; rel="next"'
    assert answer.headers["cache-control"] == "no-cache"


def test_pick():
    row = {"id": 1, "name": "x", "cas": []}
    assert list(answers.pick(row, "name, id")) == ["id", "name"]
    assert answers.pick(row, None) == row
    for fields in ("id,nope", "", "id,"):
        with pytest.raises(Problem) as caught:
            answers.pick(row, fields)
        assert caught.value.errors[0]["parameter"] == "fields"
        assert "id, name, cas" in caught.value.errors[0]["message"]


def test_download_names():
    answer = answers.download(b"x", "text/csv", meta={"revision": 1}, filename='é".csv')
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''%C3%A9%22.csv"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
