"""Firefox by WebDriver BiDi, which it speaks itself (https://www.w3.org/TR/webdriver-bidi/): Playwright drives a Firefox of its own only."""

import json
import shutil
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from websockets.sync.client import connect


class Firefox:
    """The installed Firefox without a window, with one tab, and all that it said and asked for."""

    def __enter__(self):
        self.closing = ExitStack()
        profile = self.closing.enter_context(tempfile.TemporaryDirectory(prefix="portalsim-firefox-"))
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        assert program, "no Firefox"
        self.process = subprocess.Popen([program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.closing.callback(self.end)
        server = Path(profile) / "WebDriverBiDiServer.json"  # Firefox writes it when it listens
        while not (server.exists() and server.stat().st_size):
            assert self.process.poll() is None, "Firefox has ended"
            time.sleep(0.05)
        address = json.loads(server.read_text())
        self.socket = self.closing.enter_context(connect(f"ws://{address['ws_host']}:{address['ws_port']}/session", max_size=None, open_timeout=120))
        self.said, self.asked, self.sent = [], [], 0
        self.version = self.send("session.new", capabilities={})["capabilities"]["browserVersion"]
        self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.tab = self.send("browsingContext.getTree")["contexts"][0]["context"]
        return self

    def __exit__(self, *_):
        self.closing.close()

    def end(self):
        self.process.terminate()
        self.process.wait()

    def send(self, method, **params):
        """Sends a command and returns its result; events that come before it are kept."""
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(timeout=120))
            if message["type"] == "event":
                self.keep(message["method"], message["params"])
            elif message["id"] == self.sent:
                assert message["type"] == "success", message
                return message["result"]

    def keep(self, event, params):
        if event == "log.entryAdded":
            self.said.append(params["text"])
        else:
            self.asked.append(params["request"]["url"])

    def open(self, path, **size):
        self.send("browsingContext.setViewport", context=self.tab, viewport=size)
        self.send("browsingContext.navigate", context=self.tab, url=path.as_uri(), wait="complete")

    def evaluate(self, expression):
        """The value of an expression in the page, or of what it promises."""
        asked = f"(async () => JSON.stringify(await ({expression})) ?? 'null')()"
        reply = self.send("script.evaluate", expression=asked, target={"context": self.tab}, awaitPromise=True)
        assert reply["type"] == "success", reply
        return json.loads(reply["result"]["value"])

    def press(self, *keys):
        """Presses keys one after the other, as a keyboard does."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.send("input.performActions", context=self.tab, actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def screenshot(self):
        return self.send("browsingContext.captureScreenshot", context=self.tab, origin="document")["data"]
