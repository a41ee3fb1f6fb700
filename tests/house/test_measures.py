"""The measures themselves: a page with every fault planted, and one with none."""

import pytest

from tests.house.pages import Page

WHOLE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ideas</title></head>
<body><main><h1>Ideas</h1>{}</main></body></html>"""
FAULTS = [
    ('<p id="a"></p><p id="a"></p>', "the id a stands 2 times"),
    ('<label for="b">Name</label>', "label for='b', and no such id"),
    ('<p aria-describedby="c">x</p>', "p aria-describedby='c', and no such id"),
    ('<a href="#d">Go</a>', "a link to #d, and no such id"),
    ("<h1>Again</h1>", "2 main headings"),
    ("<h3>Deep</h3>", "a heading of level 3 straight under one of level 1"),
    ("<h2></h2>", "an empty heading"),
    ('<p style="color: red">x</p>', "p has style=color: red"),
    ('<p onclick="x()">x</p>', "p has onclick=x()"),
    ('<a href="javascript:x()">x</a>', "a has href=javascript:x()"),
    ('<img alt="" src="https://elsewhere.example/x.png">', "img has src=https://elsewhere.example/x.pn"),
    ("<script>x()</script>", "a script within the page"),
    ("<svg><style>p {}</style></svg>", "a style sheet within the page"),
    ('<img src="/x.png">', "the picture /x.png says nothing in its place"),
    ("<svg><path></path></svg>", "a drawing with neither a name nor aria-hidden"),
    ('<input id="e" name="e">', "the field e has no label"),
    ('<a href="/x"></a>', "a nameless a"),
    ("<button></button>", "a nameless button"),
    ('<a href="/x" target="_blank">x</a>', "the link to /x opens another window"),
    ("<table><tr><td>x</td></tr></table>", "a table without a caption"),
    ('<form method="post" action="/x"></form>', "the form to /x carries no token"),
]


def test_a_whole_page_has_no_fault():
    body = """<h2 id="two">Two</h2><a href="#two">Two</a><svg aria-hidden="true"></svg><img src="/x.png" alt="">
    <form method="post"><input type="hidden" name="csrf_token"><label for="n">Name</label><input id="n" name="n"></form>
    <svg role="img" aria-label="A line"><title>A line</title></svg><table><caption>Votes</caption></table>"""
    assert Page(WHOLE.format(body)).faults() == []


@pytest.mark.parametrize(("planted", "fault"), FAULTS)
def test_a_planted_fault_is_found(planted, fault):
    assert fault in Page(WHOLE.format(planted)).faults()


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (WHOLE.format("<p><div>x</div></p>"), "unexpected-end-tag"),
        (WHOLE.format("").replace(' lang="en"', ""), "the page names no language"),
        (WHOLE.format("").replace("Ideas</title>", "</title>"), "not one title"),
        (WHOLE.format("").replace("main>", "div>"), "not one main part"),
    ],
)
def test_a_page_broken_as_a_whole_is_found(broken, fault):
    assert [found for found in Page(broken).faults() if fault in found] != []
