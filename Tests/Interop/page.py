#!/usr/bin/env python3
"""Drives the page of `aichat-tui serve` in a real browser: asks, sees the text grow, stops, switches the prompt, reloads, and
has a wrong token refused, comes with odd things kept, and streams Markdown in pieces of all sizes. Needs nothing but Python,
Chromium, which it speaks to over a pipe, and the program's own libcmark-gfm.

    page.py PROGRAM [DIRECTORY FOR SCREENSHOTS]
"""
import json, os, re, signal, subprocess, sys, tempfile, time

from browser import Browser
from page_markdown import check_markdown


def last(part="text"):
    return f"[...document.querySelectorAll('article.assistant .{part}')].at(-1)?.textContent ?? ''"


BUSY = "!document.getElementById('stop').hidden"


def choose(browser, prompt):
    browser.run(f"""(() => {{ const menu = document.getElementById('prompt'); menu.value = {json.dumps(prompt)};
                    menu.dispatchEvent(new Event('change')); }})()""")


def drive(browser, address, pictures):
    base, token = address.split("#")
    browser.open(address)
    assert "#" not in browser.run("location.href"), "the token stays in the address"
    browser.wait("document.querySelectorAll('#prompt option').length > 3", "prompts are offered")

    browser.type("markdown")
    browser.key("Enter", 13)
    browser.wait(f"{BUSY} && ({last()}).length > 20", "the answer begins")
    assert browser.run("!!document.querySelector('.cursor')"), "no typing cursor"
    lengths = [len(browser.run(last()))]
    while browser.run(BUSY):
        lengths.append(len(browser.run(last())))
    # Marks of Markdown go where they turn out to be some; all in all it gets longer and longer.
    steps = sorted(set(lengths))
    assert len(steps) > 5 and lengths[-1] > 2 * lengths[0], f"the text did not grow: {steps}"
    print(f"  ok: the text grows ({len(steps)} different lengths seen)")
    browser.wait("!document.querySelector('.cursor')", "the cursor goes at the end")
    for tag in ("pre code", "table", "li", "strong", ".code button"):
        assert browser.run(f"!!document.querySelector('article.assistant {tag}')"), f"no {tag} in the answer"
    print("  ok: Markdown is shown")
    if pictures:
        browser.run("document.getElementById('scroll').scrollTop = 0")
        browser.screen(f"{pictures}/wide.png", 1000, 800)
        browser.screen(f"{pictures}/dark.png", 1000, 800, "dark")
        browser.screen(f"{pictures}/narrow.png", 360, 640)
    browser.screen(os.devnull, 360, 640)
    assert browser.run("document.documentElement.scrollWidth <= 360"), "wider than 360 pixels"
    print("  ok: it fits 360 pixels")
    browser.screen(os.devnull, 1000, 800)

    browser.type("long")
    browser.run("document.getElementById('send').click()")
    browser.wait(f"({last()}).length > 100", "a long answer begins")
    browser.key("Escape", 27)
    browser.wait(f"!({BUSY}) && ({last('end')}) === '[Stopped]'", "Esc stops it and keeps what came")
    kept = browser.run(last())
    browser.type("long")
    browser.key("Enter", 13)
    browser.wait(f"{BUSY} && ({last()}).length > 100", "another one begins")
    browser.run("document.getElementById('stop').click()")
    browser.wait(f"!({BUSY}) && ({last('end')}) === '[Stopped]'", "the button stops it")
    assert len(kept) > 100

    choose(browser, "tutor")
    browser.wait("document.querySelector('.note')?.textContent.includes('tutor')", "another prompt is noted")
    browser.type("rain")
    browser.key("Enter", 13)
    browser.wait(f"!({BUSY}) && ({last()}).includes('tutor')", "the model gets the prompt")

    browser.type("stall")
    browser.key("Enter", 13)
    browser.wait(f"{BUSY} && ({last()}).length > 10", "an answer runs")
    choose(browser, "code reviewer")
    note = "document.getElementById('log').lastElementChild.textContent === 'System prompt: code reviewer'"
    assert browser.run(note), "a prompt that is chosen while an answer runs is noted behind it, at once"
    browser.key("Escape", 27)
    browser.wait(f"!({BUSY}) && ({last('end')}) === '[Stopped]' && {note}", "and stays there")
    choose(browser, "tutor")
    assert browser.run("document.querySelectorAll('.note').length") == 2, "a choice that nothing was asked under stays"

    browser.type("tools")
    browser.key("Enter", 13)
    browser.wait(f"!({BUSY}) && !!document.querySelector('.call pre')", "a tool call is shown")
    assert browser.run("parseFloat(getComputedStyle(document.querySelector('.call pre')).paddingLeft)") > 5, "its arguments stick to the border"
    if pictures:
        browser.screen(f"{pictures}/call.png", 360, 640)

    before = browser.run("document.getElementById('log').innerText")
    browser.call("Page.reload")
    time.sleep(0.3)
    browser.wait("document.querySelectorAll('#prompt option').length > 3", "the page loads again")
    assert browser.run("document.getElementById('log').innerText") == before, "the talk changed"
    assert browser.run("document.getElementById('prompt').value") == "tutor"
    print("  ok: the talk is there again")

    browser.type("stall")
    browser.key("Enter", 13)
    browser.wait(f"({last()}).length > 10", "an answer runs")
    browser.call("Page.reload")
    time.sleep(0.3)
    browser.wait(f"({last('end')}) === '[Stopped]'", "what ran at a reload is kept as stopped")

    browser.run("document.getElementById('new').click()")
    browser.type("error")
    browser.key("Enter", 13)
    browser.wait(f"({last('end')}).includes('demo')", "an error is told")
    check_markdown(browser)
    browser.call("Page.reload")
    time.sleep(0.3)
    browser.wait("document.querySelectorAll('#prompt option').length > 3", "the page loads once more")
    hostile = '<img src=x onerror="document.title=1"><script>1</script> [a](javascript:alert(1)) ![b](http://x/y.png)'
    browser.run("document.getElementById('new').click()")
    browser.type(hostile)
    browser.key("Enter", 13)
    browser.wait(f"!({BUSY}) && ({last()}).length > 2", "what looks like HTML is text")
    assert browser.run("!document.querySelector('#log img, #log script, #log a[href^=javascript]')"), "HTML came through"

    browser.run("sessionStorage.clear()")
    browser.call("Page.navigate", url="about:blank")
    browser.open(base + "#" + token[::-1])
    browser.wait("!document.getElementById('notice').hidden", "a wrong token is refused")
    browser.run(f"""(() => {{ document.getElementById('token').value = {json.dumps(token)};
                    document.getElementById('unlock').requestSubmit(); }})()""")
    browser.wait("document.getElementById('notice').hidden", "the right one, pasted, is taken")

    check_odd_beginnings(browser, base)

    complaints = [event["params"] for event in browser.events
                  if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")]
    complaints = [c for c in complaints if c.get("entry", {}).get("level") != "info"
                  and not re.search(r"status of (401|500)", json.dumps(c))]
    assert not complaints, complaints
    own = {base.rstrip("/"), "data:,", "about:blank"}
    asked = {event["params"]["request"]["url"] for event in browser.events
             if event.get("method") == "Network.requestWillBeSent"}
    foreign = [url for url in asked if not any(url.startswith(start) for start in own)]
    assert not foreign, foreign
    print("  ok: no complaint in the console, no request elsewhere")


def check_odd_beginnings(browser, base):
    """What is kept for the tab, or stands in the address, is not what the page writes."""
    odd = ('{"messages":null}', '{"messages":5}', "null", "3", "{", '{"draft":7}',
           '{"messages":[null,{"role":"user"},{"role":"assistant","content":"x","calls":[null]}]}')
    for kept in odd:
        # The page writes when it is left, so this is put there before the next one begins.
        script = browser.call("Page.addScriptToEvaluateOnNewDocument",
                              source=f"try {{ sessionStorage.setItem('chat', {json.dumps(kept)}) }} catch {{ }}")["identifier"]
        browser.call("Page.navigate", url="about:blank")
        browser.open(base)
        browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script)
        browser.wait("document.querySelectorAll('#prompt option').length > 3", f"the page works with {kept}")
        told = browser.run("document.getElementById('status').textContent")
        assert "left out" in told or kept == '{"messages":null}', f"{kept}: {told}"
    browser.call("Page.navigate", url="about:blank")
    browser.open(base + "#%")
    browser.wait("document.querySelectorAll('#prompt option').length > 3", "an odd address leaves the token that is there")
    browser.run("sessionStorage.clear()")
    browser.call("Page.navigate", url="about:blank")
    browser.open(base + "#%")
    browser.wait("document.getElementById('noticetext').textContent.includes('no token')", "and is told where there is none")


def main():
    program, pictures = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as home:
        server = None
        if program.startswith("http"):
            address = program
        else:
            server = subprocess.Popen([program, "serve", "--provider", "demo", "--port", "0"], stdout=subprocess.PIPE,
                                      text=True, env={"HOME": home, "PATH": os.environ["PATH"]})
            address = server.stdout.readline().strip()
        browser = Browser(os.path.join(home, "browser"))
        try:
            drive(browser, address, pictures)
        finally:
            browser.close()
            if server:
                server.send_signal(signal.SIGTERM)
                server.wait()
    print("The page does what it should.")


main()
