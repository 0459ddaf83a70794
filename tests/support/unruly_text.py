"""Hostile texts for every format, and a check for characters that must not be printed."""

import re
import unicodedata

from iop_fit.limits import MAX_NOTE

HOSTILE = {
    # Markup
    "script": "<script>alert(1)</script>",
    "ends-style": "</style></title></body></html><h1>here</h1>",
    "image": "<img src=x onerror=\"alert('1')\">",
    "attribute": "\" onmouseover='alert(1)' x=\"",
    "cdata": "]]> <![CDATA[ x ]]> <!-- x --> --!> <?x?>",
    "entities": "&lt;b&gt; &amp; &#60; &#x3c; &nbsp; &copy &",
    "markdown-marks": "*a* **b** _c_ __d__ ~~e~~ ~f~ `g` ``h`` \\*i\\* \\",
    "markdown-links": "[a](https://example.org) ![b](x.png) [c]: x [^1] <https://example.org> www.example.org a@b.org",
    "markdown-heading": "# Not a heading #",
    "markdown-underlined": "Nor this\n===\nnor this\n---",
    "markdown-number": "1. Not a list",
    "markdown-bracketed-number": "12) Not a list",
    "markdown-bullets": "- [ ] a\n* b\n+ c",
    "markdown-plus": "+ a",
    "markdown-quote": "> Not quoted",
    "markdown-rule": "***",
    "markdown-line": "---",
    "markdown-table": "| a | b |\n| --- | --- |\n| c | d |",
    "markdown-code": "```sh\nrm -rf x\n```",
    "markdown-tildes": "~~~\ncode\n~~~",
    "markdown-indented": "    code",
    "markdown-break": "one  \ntwo\\\nthree",
    "dollars": "${HOME} $(id) $a$ $$b$$ `id`",
    "braces": "{{ 7 * 7 }} {% raw %} {0} {name!r} #{x} <%= x %> %s %(a)s %n {.class #id}",
    "rich": "[bold]a[/bold] [/] [link=https://example.org]b[/link] [red on white] :smile: \\[x]",
    "typst": '#eval("1") $x$ = Heading\n- a\n+ b\n/ c: d <label> @ref *a* _b_ `c` // d /* e */ \\u{202e} ~ --',
    "json": '", "direction": null, "x": "\\u001b[31m\\n\\',
    "yaml": "&a *a !!python/object:os.system x: {y: [z]} # c\n---\n...",
    # Terminal escapes
    "color": "\x1b[31mred\x1b[0m \x1b[1;5m",
    "screen": "\x1b[2J\x1b[3J\x1b[1;1Htop \x1b[?1049h \x1bc",
    "link": "\x1b]8;;https://example.org\x1b\\a\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;ZWNobw==\x07 \x1b]0;title\x07",
    "bell": "\x07a\x08\x08b\x0c\x0bc\x7f\x7f",
    "carriage-return": "one\rtwo\r\nthree",
    "c1": "\x9b31mred \x9d52;c;x\x9c \x90q\x9c \x85next \x84",
    "nul": "a\x00b\x00",
    # Invisible characters
    "right-to-left-override": "\u202egpj.exe\u202c \u202dx",
    "isolates": "\u2066a\u2067b\u2068c\u2069 \u200e\u200f\u061c",
    "zero-width": "a\u200bb\u2060c\ufeffd\u00ade \u200c \u200d",
    "line-separators": "one\u2028two\u2029three\x1cfour\x1ffive",
    "wide-spaces": "a\u3000b\u00a0c\u2003d\u202fe",
    "tags-and-private": "a\U000e0041\U000e007f b\ue000 c\U0010ffff d\ufdd0 e\uffff",
    # Hard to render
    "combining-pile": "Z" + "\u0301\u0323\u0336\u0489\u20dd" * 20 + "algo \u0301 begins",
    "emoji": "😀 ❤️ 👍🏽 1️⃣ 🇺🇸 🏳️‍🌈 ☎",
    "families": "👩‍👩‍👧‍👦 👩🏽‍⚕️ 🧑‍🦽" * 10,
    "cjk": "我想停下来。" * 12 + "やめたい 그만하고 싶어요 ㅎ",
    "arabic": "أريد التوقف عن الشرب، لكن لا أعرف كيف. ١٢. (x) 3",
    "hebrew-and-latin": "אני רוצה stop (1) עכשיו!",
    "thai-and-hindi": "ฉันอยากหยุดดื่มเหล้าแต่ไม่รู้ว่าจะเริ่มต้นอย่างไรดี मैं रुकना चाहता हूँ क्षि",
    # Long
    "words": "some words " * (MAX_NOTE // 11),
    "one-word": "w" * MAX_NOTE,
    "wide-word": "我" * MAX_NOTE,
    "marks-alone": "*" * MAX_NOTE,
    "brackets": "[" * (MAX_NOTE // 2) + "]" * (MAX_NOTE // 2),
    "many-lines": "\n\n" * (MAX_NOTE // 5) + "line\n" * (MAX_NOTE // 10),
    "tabs": "\ta\t\tb\t",
    "url": "https://example.org/" + "a/b%20c?d=e&f=#g_h_" * 100,
    "innocent": "Thank you. I would like to sleep again.",
}
"""Texts with a special meaning in some format, and one without."""


COLORS = re.compile(r"\x1b\[\d+(;\d+)*m")
"""The only escape sequences in our output."""


JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Invisible characters that are needed to write some words and emoji."""


def invisible_characters(drawn: str) -> set[str]:
    """Return the control, format, surrogate and unassigned characters in a text, except line feeds and our colors."""
    letters = set(COLORS.sub("", drawn)) - {"\n", *JOINERS}
    return {letter for letter in letters if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}}
