#!/usr/bin/env python3
"""Drives the page of `aichat-tui serve` in a real browser: asks, sees the text grow, stops, switches the prompt, reloads, and
has a wrong token refused. Needs nothing but Python and Chromium, which it speaks to over a pipe.

    page.py PROGRAM [DIRECTORY FOR SCREENSHOTS]
"""
import base64, json, os, re, select, shutil, signal, subprocess, sys, tempfile, time


class Browser:
    """A headless Chromium, its DevTools protocol on two pipes: JSON, each message ended by a zero byte."""

    def __init__(self, home):
        name = next(filter(shutil.which, ("chromium", "chromium-browser", "google-chrome")), None)
        if not name:
            sys.exit("Chromium is missing: apt-get install chromium")
        to_read, self.out = os.pipe()
        self.source, to_write = os.pipe()
        # The browser reads from descriptor 3 and writes to 4.
        shell = f'exec "$@" 3<&{to_read} 4>&{to_write}'
        self.process = subprocess.Popen(
            ["bash", "-c", shell, "bash", name, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
             "--remote-debugging-pipe", f"--user-data-dir={home}", "about:blank"],
            pass_fds=(to_read, to_write), env=dict(os.environ, HOME=home),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read), os.close(to_write)
        self.rest, self.number, self.events, self.session = b"", 0, [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def read(self, timeout):
        end = time.monotonic() + timeout
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.source], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise TimeoutError
            self.rest += os.read(self.source, 1 << 20)
        message, _, self.rest = self.rest.partition(b"\0")
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            reply = self.read(60)
            if reply.get("id") == self.number:
                if "error" in reply:
                    raise RuntimeError(f"{method}: {reply['error']}")
                return reply["result"]
            self.events.append(reply)

    def run(self, script):
        """The value of an expression in the page."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def wait(self, script, what, timeout=30):
        end = time.monotonic() + timeout
        while not self.run(script):
            if time.monotonic() > end:
                raise AssertionError(f"{what}: never came ({script})\n" + str(self.run("document.body.innerText")))
            time.sleep(0.02)
        print("  ok:", what)

    def open(self, url):
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && !!document.getElementById('ask')", "the page opens")

    def type(self, text):
        self.run("document.getElementById('input').focus()")
        self.call("Input.insertText", text=text)

    def key(self, name, code):
        text = "\r" if name == "Enter" else ""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code,
                      **({"text": text} if text and kind == "keyDown" else {}))

    def screen(self, path, width, height, scheme="light"):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        time.sleep(0.2)
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def close(self):
        self.process.terminate()
        self.process.wait()


def last(part="text"):
    return f"[...document.querySelectorAll('article.assistant .{part}')].at(-1)?.textContent ?? ''"


BUSY = "!document.getElementById('stop').hidden"


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

    browser.run("""(() => { const menu = document.getElementById('prompt'); menu.value = 'tutor';
                   menu.dispatchEvent(new Event('change')); })()""")
    browser.wait("document.querySelector('.note')?.textContent.includes('tutor')", "another prompt is noted")
    browser.type("rain")
    browser.key("Enter", 13)
    browser.wait(f"!({BUSY}) && ({last()}).includes('tutor')", "the model gets the prompt")

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
