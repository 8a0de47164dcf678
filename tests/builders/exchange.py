"""An accounting base that speaks the stock exchange with a site, over the real door."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass, field

from django.core.files.storage import default_storage
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from lxml import etree

from saleor_b2b_docs.onec.credentials.services import make_password
from saleor_b2b_docs.onec.exchange.context import COOKIE
from saleor_b2b_docs.onec.models import Base, Delivery
from saleor_b2b_docs.onec.orders_out.services import note_order
from saleor_b2b_docs.work.runner import run_next
from saleor_b2b_docs.work.specs import Lane
from saleor_b2b_docs.work.workers import WorkerId
from tests.builders.orders import make_order
from tests.builders.viewers import staff

ADDRESS = "/1c/exchange"
FILE = """<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.08" ДатаФормирования="2026-03-10T10:00:00">
  <Документ>
    <Ид>0b7e2a64-7f53-4cf3-8a5d-0d2a7a3f7a01</Ид>
    <Номер>РН-1</Номер>
    <Дата>2026-03-02</Дата>
    <ХозОперация>Отпуск товара</ХозОперация>
    <Роль>Продавец</Роль>
    <Валюта>UAH</Валюта>
    <Сумма>1000.00</Сумма>
    <Контрагенты>
      <Контрагент>
        <Ид>C1</Ид>
        <Наименование>ТОВ «Магазин Затишок»</Наименование>
        <Роль>Покупатель</Роль>
      </Контрагент>
    </Контрагенты>
    <Товары>
      <Товар>
        <Ид>goods-1</Ид>
        <Наименование>Кава</Наименование>
        <ЦенаЗаЕдиницу>100</ЦенаЗаЕдиницу>
        <Количество>10</Количество>
        <Сумма>1000.00</Сумма>
      </Товар>
    </Товары>
  </Документ>
</КоммерческаяИнформация>
""".encode()
"""A waybill of 1,000 hryvnias of a new company."""


@dataclass
class Exchange:
    """One base's exchange. It keeps no cookies but the one that it was told, as bases do."""

    base: Base
    username: str = ""
    password: str = ""
    cookie: str = ""
    client: Client = field(default_factory=Client)

    @classmethod
    def of(cls, base: Base) -> Exchange:
        """With a password that staff made."""
        credential, password = make_password(
            staff(base.installation, "MANAGE_SETTINGS"),
            base.pk,
            name="exchange",
            now=timezone.now() - dt.timedelta(minutes=1),
        )
        return cls(base, credential.username, password)

    def ask(
        self, mode: str, content: bytes | None = None, *, kind: str = "sale", **params: str
    ) -> HttpResponseBase:
        """A request as a base makes it; with a content it is a POST."""
        encoded = base64.b64encode(f"{self.username}:{self.password}".encode()).decode()
        headers = {"Authorization": f"Basic {encoded}"} if self.username else {}
        self.client.cookies.clear()
        if self.cookie:
            self.client.cookies[COOKIE] = self.cookie
        query = {"type": kind, "mode": mode, **params}
        if content is None:
            return self.client.get(ADDRESS, query, headers=headers)
        return self.client.post(
            ADDRESS,
            content,
            content_type="application/octet-stream",
            query_params=query,
            headers=headers,
        )

    def says(
        self, mode: str, content: bytes | None = None, *, kind: str = "sale", **params: str
    ) -> str:
        """The answer's text."""
        return body_of(self.ask(mode, content, kind=kind, **params)).decode(self.base.encoding)

    def begin(self, version: str = "") -> None:
        """`checkauth` and `init`."""
        lines = self.says("checkauth").split("\n")
        assert lines[0] == "success"
        self.cookie = lines[2]
        if version:
            self.says("init", version=version)
        else:
            self.says("init")

    def send(self, name: str, content: bytes, *, chunk: int = 0) -> None:
        """A file, in chunks of so many bytes."""
        size = chunk or len(content)
        for start in range(0, len(content), size):
            assert self.says("file", content[start : start + size], filename=name) == "success"


def body_of(answer: HttpResponseBase) -> bytes:
    """All of it, streamed or not."""
    return bytes(answer.getvalue())


def run_imports() -> int:
    """Run the jobs of the lane that are due; how many."""
    ran = 0
    while run_next(Lane.ONEC, worker=WorkerId.mine()):
        ran += 1
    return ran


def bytes_kept() -> list[bytes]:
    """What of all deliveries is kept."""
    kept = []
    for delivery in Delivery.objects.order_by("pk"):
        with default_storage.open(delivery.stored_as) as content:
            kept.append(content.read())
    return kept


def offered_order(base: Base, number: str = "1001") -> None:
    """An order that waits for the base."""
    supplier = base.installation.supplier_set.get()
    order = make_order(base.installation, number=number, supplier=supplier)
    note_order(order, now=timezone.now())


def queried_numbers(exchange: Exchange) -> list[str]:
    """The orders that `query` answers."""
    root = etree.fromstring(body_of(exchange.ask("query")))
    return [node.text or "" for node in root.iterfind("Документ/Номер")]
