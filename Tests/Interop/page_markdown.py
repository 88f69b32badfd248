"""What the page makes of Markdown: the same however an answer is cut into pieces, much what cmark-gfm makes of it, and soon."""
import ctypes, ctypes.util, glob, html.parser, json, os, random, re

FIXTURES = os.path.join(os.path.dirname(__file__), "..", "Fixtures", "markdown", "*.txt")

TEXTS = [
    "Intro line\n\nName | Age\n--- | ---\nAnn | 3\nBob | 4\n", "Title\n---\n\ntext\n", "Title\n-\n\nx\n", "Title\n===\nafter",
    "one\ntwo\n---\nthree\n\n---\n", "text\nName | Age\n--- | ---\nAnn | 3\n\nafter", "| a | b |\n|---|:-:|\n| `x` | **z** |\nno pipe\n# h\n",
    "a | b\n- | -\n", "a | b\n---\n", "- a\n- b\n\n- c\n", "- a\n  - b\n\n  - c\n- d\n", "- a\n\n  b\n\n      code\n- c", "-\n  a\n-\n- b\n",
    "-\n\n  a\n", "1. a\n2. b\n\n3) c\n", "7. a\n8. b\n   - c\n     1. d\n", "text\n2. no list\n1. a list\n", "- a\nlazy\n> q\nlazy\n\nnot\n",
    "> a\n> - b\n>\n> - c\n>   ```\n>   x\n>\n>   y\n>   ```\n", "> > a\n> b\nc\n\n> d\n", "```py\nx = 1\n\n\ty\n```\nafter\n", "~~~ a b\n``\n~~~~\n",
    "````\n```\n````", "- ```\n  a\n\n  b\n  ```\n- c\n", "```\nopen\n\n", "    code\n\n    more\n\ntext\n\n\ttab\n", "para\n    not code\n",
    "# one #\n## two\n####### seven\n#none\n# \n###### six ## \n", "*a* **b** ***c*** _d_ __e__ a*b*c a_b_c ~~f~~ *a **b** c* **a *b***\n",
    "**a*\n*a**\n***a** b*\n**bold\nover lines**\n", "* a * b*\n** c **\n\\*d\\* *e\\**\n", "`a` ``b ` c`` `` ` `` ` d\n`e\nf` `g\n",
    "[a](https://a.b) [b](<https://c.d/e f> \"t\") [c](https://x.y/(z)) ![i](https://i.j/k.png) [*d*](https://e.f)\n",
    "[a [b](https://c.d) e](https://f.g) [x](javascript:alert(1)) [y](data:text/html,z) [open](https://a\n",
    "*a [b* c](https://d.e) **[f](https://g.h)**\n", "<https://a.b/c?d=e&f> <me@a.example> <b>raw</b> <script>x</script>\n",
    "see https://a.b/c_d_e, (https://f.g/h) and www.i.example. https://j.k/(l)\n", "a  \nb\\\nc\nd \ne\n", "&lt;b&gt; &amp; &copy; &#8212; &#x1F600; &nosuch; `&amp;`\n",
    "* * *\n- - -\n_ _ _\n--\n", "- [ ] a\n- [x] b\n- [ ]\n", "* a\n+ b\n- c\n", "- a\n***\n- b\n", "\ta\n", "-\ta\n\n\tb\n", ">\ta\n>\n>\t\tb\n", "a\r\nb\r\n\r\n- c\r\n",
    "汉字**粗体**汉字 *强调* 🙂**x**🙂\n", "42\n", "text\n42", "- 1\n- 2\n3", "x\n\n\n\ny", "1\\. a\n", "*a _b* c_ d\n", "[a]: https://b.c\n",
    "| a |\n|---|\n| b \\| c |\n", "| a | b |\n|---|\n", "- x\n  Name | Age\n  --- | ---\n  Ann | 3\n- y\n", "> Name | Age\n> --- | ---\n> Ann | 3\nend\n",
    "# a\ntext\n# b\n- c\n# d\n", "***a*** **b**c** *d*e*\n", "__a_ _b__ ___c___\n", "*(**a**)* (*b*)c\n", "a<br>b\n",
]

# What random texts are made of.
SCRAPS = [
    "- ", "* ", "1. ", "2) ", "> ", "a", "b |", "| c |", "--- | ---\n", "---\n", "===\n", "\n", "\n\n", "  ", "    ", "\t", "```", "~~~\n", "`", "*", "**", "_",
    "[", "](mailto:x)", "&amp;", "# ", "word ", "|", "---", "-", " | ", "\\", "[ ] ", "[x] ", "x\n", "汉", "🙂", "\r\n",
]

# These are shown in parts.
LONG = ["word **bold text** and `code` *em " * 500, "A" * 20000, "汉字，**粗体**。" * 900, "a 🙂" * 4000, "*open " + "text [a](https://b.c) " * 900, "- a " + "b_c\n  d " * 3000 + "\n- e",
        "a `open " * 2000, "head | " * 20 + "\n" + "--- | " * 20 + "\n" + "cell " * 3000, "text " * 3000 + "\n---\n" + "a | b\n" * 2000]

# Some 60 to 80 KB of what was slow or may be.
HEAVY = [
    ("**a*", 20000), ("_a_", 20000), ("A", 80000), ("word ", 16000), ("a\n", 40000), ("- a\n", 20000), ("汉字", 30000), ("[a](", 20000), ("[", 60000),
    ("`a``", 20000), ("*a ", 20000), ("a* ", 20000), ("> ", 30000), ("> a\n", 20000), ("- ", 30000), ("a | b\n", 12000), ("a | b\n--- | ---\n", 4000),
    ("1. a\n\n", 10000), ("&amp;", 16000), ("http://", 10000), ("![a", 20000), ("\n", 60000), ("    a\n", 12000), ("```\na\n```\n", 6000), ("# a\n", 16000),
    (" ", 60000), ("~~a", 20000), ("**a** ", 12000), ("<", 60000), ("\\", 60000), ("|", 60000), ("a|", 30000), ("- a\n\n  b\n", 6000), ("*_", 30000),
]
HEAVY = [(part * count, repr(part)) for part, count in HEAVY] + [
    ("a | b\n--- | ---\n" + "**1** | 2\n" * 6000, "rows"), ("```\n" + "some code here\n" * 5000, "code"), ("- a\n" + "  - b\n" * 10000, "a list in a list"),
    ("".join(" " * 2 * n + "- a\n" for n in range(250)), "stairs"), ("*a " * 10000 + " a*" * 10000, "nested"), ("[" * 5000 + "](https://a.b)" * 5000, "brackets"),
]

# In place of the server and of the screen's rhythm: each piece is shown at once. A layout is asked for by the page itself.
HARNESS = r"""(() => {
  let controller = null;
  const real = window.fetch, encoder = new TextEncoder();
  window.fetch = (url, options) => url !== 'v1/chat/completions' ? real(url, options)
    : Promise.resolve(new Response(new ReadableStream({ start(c) { controller = c; } })));
  window.requestAnimationFrame = f => f();
  const later = window.setTimeout;
  window.setTimeout = (f, wait) => wait > 1000 ? later(f, wait) : queueMicrotask(f);
  const turn = () => new Promise(r => { const c = new MessageChannel(); c.port1.onmessage = r; c.port2.postMessage(0); });
  const text = () => [...document.querySelectorAll('article.assistant .text')].at(-1);
  window.streamed = async (whole, size) => {
    document.getElementById('new').click();
    await turn();
    controller = null;
    document.getElementById('input').value = 'x';
    document.getElementById('ask').requestSubmit();
    while (!controller) await turn();
    const push = line => controller.enqueue(encoder.encode('data: ' + line + '\n\n'));
    const start = performance.now();
    let worst = 0, made = 0;
    const watch = new MutationObserver(records => { for (const one of records) made += one.addedNodes.length; });
    watch.observe(document.getElementById('log'), { childList: true, subtree: true });
    for (let at = 0; at < whole.length; at += size) {
      const before = performance.now();
      push(JSON.stringify({ choices: [{ delta: { content: whole.slice(at, at + size) } }] }));
      await turn();
      worst = Math.max(worst, performance.now() - before);
    }
    push('[DONE]');
    while (!document.getElementById('stop').hidden) await turn();
    watch.disconnect();
    return { html: text().innerHTML, took: performance.now() - start, worst, made };
  };
  window.sameInPieces = async (whole, sizes) => {
    const expected = (await streamed(whole, whole.length)).html;
    for (const size of sizes) {
      const { html } = await streamed(whole, size);
      if (html !== expected) return { size, html, expected };
    }
    return { expected };
  };
})()"""


class Canonical(html.parser.HTMLParser):
    """HTML as the marks that matter: the same for cmark-gfm's and the page's, where they mean the same."""

    SKIPPED = {"tbody", "div", "img", "span"}

    def __init__(self, source, is_page):
        super().__init__(convert_charrefs=True)
        self.out, self.bar, self.pre = [], 0, False
        # The page writes the paragraphs of a close list too, and a code block's name and button.
        source = re.sub(r'<div class="bar">.*?</div>', "", source)
        source = source.replace("\n</code>", "</code>") if not is_page else source
        source = re.sub(r"<li>\s*<p>|<li>\s*", "<li>", source)
        source = re.sub(r"(?s)</p>(?=\s*(</li>|<[uo]l|<pre|<div|<blockquote|<h\d|<hr))|(?<=</[uo]l>)\s*<p>", "", source)
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "input":
            self.out.append("[x]" if "checked" in attributes else "[ ]")
        elif tag == "img":
            self.out.append(f"<a {attributes.get('src')}>{attributes.get('alt')}</a>")
        elif tag not in self.SKIPPED:
            more = attributes.get("href") or (attributes.get("start") if tag == "ol" and attributes.get("start") != "1" else None) \
                or ((attributes.get("align") or attributes.get("class") or "").replace("left", "") if tag in ("td", "th") else None)
            self.out.append(f"<{tag} {more}>" if more else f"<{tag}>")
        self.pre |= tag == "pre"

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        if tag not in self.SKIPPED and tag not in ("p", "input"):
            self.out.append(f"</{tag}>")
        if tag == "pre":
            self.pre = False

    def handle_data(self, data):
        self.out.append(data if self.pre else re.sub(r"\s+", " ", data))

    def value(self):
        text = "".join(self.out).replace("<p>", "¶").replace("%20", " ")
        text = re.sub(r" *(</?(?!a|em|strong|code|del|br)[^>]*>|¶|<br>) *", r"\1", text).strip()
        return text.replace("</li>¶", "</li>")


class Reference:
    """cmark-gfm, as the library that the program is built with."""

    def __init__(self):
        self.core, self.more = (ctypes.CDLL(ctypes.util.find_library(name)) for name in ("cmark-gfm", "cmark-gfm-extensions"))
        for function in ("cmark_parser_new", "cmark_find_syntax_extension", "cmark_parser_finish", "cmark_parser_get_syntax_extensions"):
            getattr(self.core, function).restype = ctypes.c_void_p
        self.core.cmark_render_html.restype = ctypes.c_char_p
        self.more.cmark_gfm_core_extensions_ensure_registered()

    def html(self, text):
        parser = ctypes.c_void_p(self.core.cmark_parser_new(1 << 14))
        for name in (b"table", b"strikethrough", b"tasklist", b"autolink"):
            self.core.cmark_parser_attach_syntax_extension(parser, ctypes.c_void_p(self.core.cmark_find_syntax_extension(name)))
        data = text.encode()
        self.core.cmark_parser_feed(parser, data, ctypes.c_size_t(len(data)))
        extensions = ctypes.c_void_p(self.core.cmark_parser_get_syntax_extensions(parser))
        node = ctypes.c_void_p(self.core.cmark_parser_finish(parser))
        return self.core.cmark_render_html(node, 1 << 14, extensions).decode()


# Where the page means to differ: HTML is text in it, unsafe links are, and there are no references; a link without a text shows its address.
OWN_WAY = re.compile(r"<script|<b>|<br>|javascript:|^\[a\]: |\[\]\(|\[r\]|<!--|<div|docs/page|pixel|@example\.org|\[[^\]]*\]\[|^\[[^\]]*\]:", re.M)


def random_texts(count):
    choice = random.Random(7)
    return ["".join(choice.choice(SCRAPS) for _ in range(choice.randint(3, 18))) for _ in range(count)]


def fixtures():
    for path in sorted(glob.glob(FIXTURES)):
        with open(path, encoding="utf-8") as file:
            yield re.split(r"(?m)^┄", file.read())[0]


def check_markdown(browser, compares=True):
    browser.run(HARNESS)
    texts = TEXTS + list(fixtures()) + random_texts(200)
    made = []
    for text in texts + LONG:
        outcome = browser.run(f"sameInPieces({json.dumps(text)}, {[97, 501] if text in LONG else list(range(1, 8))})")
        assert "html" not in outcome, f"in pieces of {outcome['size']}: {text!r}\n{outcome['html']}\n{outcome['expected']}"
        made.append(outcome["expected"])
    print(f"  ok: {len(made)} texts are the same in pieces of 1 to 7 characters")
    if compares:
        reference, differing = Reference(), []
        for text, ours in zip(texts, made):
            if OWN_WAY.search(text):
                continue
            pair = Canonical(ours, True).value(), Canonical(reference.html(text), False).value()
            if pair[0] != pair[1]:
                differing.append((text, *pair))
        for text, ours, theirs in differing:
            print(f"  {text!r}\n    page  {ours}\n    cmark {theirs}")
        assert not differing, f"{len(differing)} texts are not what cmark-gfm makes of them"
        print("  ok: they are what cmark-gfm makes of them")
    for text, name in HEAVY:
        outcome = browser.run(f"streamed({json.dumps(text)}, 500).then(({{ took, worst, made }}) => ({{ took, worst, made }}))")
        if os.environ.get("VERBOSE"):
            print("    {}: {} characters, {made} nodes, {took:.0f} ms, {worst:.0f} ms at most for a piece".format(name, len(text), **outcome))
        # Told by what is made, not by a clock: an answer that was made anew as a whole each time would be a hundred times that.
        assert outcome["made"] < 6 * len(text), (name, outcome)
    print(f"  ok: {len(HEAVY)} odd texts of 60 KB and more are shown piece by piece")
