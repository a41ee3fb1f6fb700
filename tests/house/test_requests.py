"""Thousands of odd requests, as everybody: whatever is sent, the answer is never that the site broke."""

import random
from collections import Counter
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from coprod.core.db import Root, db
from tests.house.crawl import forms_of, visit

HOW_MANY = 5_000
SEED = 20251117
RUBBISH = [
    "",
    " ",
    "\0",
    "a\0b",
    "x" * 20_000,
    "\u202eevif ruoy ni",
    "متى نجتمع",
    "👩‍👩‍👧‍👦" * 50,
    "\ufffd\ufeff\u200b",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "' OR 1=1 --",
    "-1",
    "0",
    "1e309",
    "NaN",
    "９９",
    "999999999999999999999999",
    "2025-02-30",
    "0000-00-00",
    "9999-12-31",
    "31/12/0001",
    "25:61",
    "null",
    "[]",
    "../../etc/passwd",
    "%00",
    "https://elsewhere.example/",
    "//elsewhere.example",
    "450 557 7104",
    "SW22P00001",
]
NO_KEYS = ["not-a-key", "0", "%00", "..", "a" * 3000, "\u202e", "00000000-0000-0000-0000-000000000000"]
BODIES = [
    ("application/json", b'{"name": ["agreed"]}'),
    ("application/json", b"{"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'),
    ("multipart/form-data", b"no boundary"),
    ("application/x-www-form-urlencoded", b"a=%ff%fe&b=%00&=c&&&" + b"d=1&" * 2000),
    ("application/x-www-form-urlencoded", b"x" * 3_000_000),
    ("text/plain; charset=utf-99", "ö".encode("latin-1")),
]
QUERIES = ["", "", "", "?page=-1", "?page=x&page=2", "?next=//elsewhere.example", "?%ff=%00", "?" + "a=1&" * 500]


def _keys(app):
    """A few keys of every table, the other streams' among them."""
    with app.app_context():
        tables = [table for table in Root.metadata.sorted_tables if "id" in table.c]
        return [
            key
            for table in tables
            for key in db.session.scalars(select(table.c.id).order_by(table.c.id).limit(12)).all()
        ]


class _Sender:
    """Draws one odd request after another, the same ones for the same seed."""

    def __init__(self, app, visitors, keys, forms):
        self.draw = random.Random(SEED)
        self.app, self.visitors, self.keys, self.forms = app, visitors, keys, forms
        self.adapter = app.url_map.bind("localhost")
        self.rules = sorted(
            (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"), key=lambda rule: rule.rule
        )
        self.names = sorted({name for form in forms for name, _ in form.fields} - {"csrf_token"})
        self.clients = {}
        self.used = Counter()

    def client(self, who):
        """The visitor's session, begun anew now and then, for some requests sign them out."""
        self.used[who] += 1
        if who not in self.clients or self.used[who] % 25 == 0:
            self.clients[who] = self.visitors[who]()
        return self.clients[who]

    def path(self, rule):
        """An address of this rule, with a key of our own, of another's, of nobody's or with rubbish in its place."""
        values = {}
        for name, converter in sorted(rule._converters.items()):
            if "UUID" in type(converter).__name__:
                values[name] = self.draw.choice(self.keys) if self.draw.random() < 0.8 else self._random_key()
            else:
                values[name] = self.draw.choice([0, 1, 2, 7, 10**6])
        path = self.adapter.build(rule.endpoint, values)
        if values and self.draw.random() < 0.05:
            first = str(next(iter(values.values())))
            path = path.replace(first, quote(self.draw.choice(NO_KEYS), safe="%"))
        return path + self.draw.choice(QUERIES)

    def _random_key(self):
        return UUID(int=self.draw.getrandbits(128), version=4)

    def fields(self, path):
        """What a form would send, or what it never would."""
        fitting = [form for form in self.forms if form.action == path.split("?")[0]]
        drawn = self.draw.choice(fitting).fields if fitting and self.draw.random() < 0.8 else ()
        fields = [pair for pair in drawn if pair[0] != "once" or self.draw.random() < 0.5]
        fields += [(self.draw.choice(self.names), "") for _ in range(self.draw.randrange(3))]
        odd = [(name, self._value(value)) for name, value in fields if self.draw.random() < 0.95]
        if odd and self.draw.random() < 0.2:
            odd.append(self.draw.choice(odd))
        return MultiDict(odd)

    def _value(self, value):
        chance = self.draw.random()
        if chance < 0.4:
            return value
        return self.draw.choice(RUBBISH) if chance < 0.9 else str(self.draw.choice(self.keys))

    def send(self):
        """Send the next; answer what it was, and the status."""
        rule, who = self.draw.choice(self.rules), self.draw.choice(sorted(self.visitors))
        methods = sorted(rule.methods - {"OPTIONS", "HEAD"}) * 8 + ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"]
        method, path = self.draw.choice(methods), self.path(rule)
        sent = {}
        if method not in ("GET", "HEAD", "OPTIONS"):
            if self.draw.random() < 0.05:
                sent["content_type"], sent["data"] = self.draw.choice(BODIES)
            else:
                sent["data"] = self.fields(path)
        self.app.config["WTF_CSRF_ENABLED"] = self.draw.random() < 0.05
        answer = self.client(who).open(path, method=method, **sent)
        return (who, method, path[:200], sent), answer.status_code


def test_no_odd_request_breaks_the_site(demonstration):
    app, visitors = demonstration.app, demonstration.visitors
    forms = [
        form
        for who in sorted(visitors)
        for fetched in visit(visitors[who](), most=80).some_of_each(app)
        for form in forms_of(fetched.page, fetched.address)
    ]
    sender = _Sender(app, visitors, _keys(app), forms)
    broken, statuses = [], Counter()
    for _ in range(HOW_MANY):
        sent, status = sender.send()
        statuses[status // 100] += 1
        if status >= 500:
            broken.append((status, sent))
    assert broken == []
    assert statuses.total() == HOW_MANY
    # Were everything refused at the door, nothing would have been tried.
    assert min(statuses[2], statuses[3], statuses[4]) > HOW_MANY / 50
