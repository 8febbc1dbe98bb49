"""One way to drive Chromium, Firefox and WebKit: `engines()`, `engine.open(url)`, a reader's verbs.

Chromium and Firefox are driven by Playwright. WebKit is driven by its own WebDriver with WebKitGTK's small browser
on a private screen, or by Playwright where that brought its own WebKit. A browser starts once and every page gets
a fresh, empty profile. Browsers of the system come first.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page as PlaywrightTab
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.common.proxy import Proxy, ProxyType
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from urllib3.exceptions import HTTPError

ENGINES = ("chromium", "firefox", "webkit")
PATIENCE = 90  # seconds: nothing is timed here, and a machine may have more to do
# now and then WebKit's driver waits for ever for a browser that never came; one that comes is there after a second
WEBKIT_START_S, WEBKIT_STARTS = 30, 4
SCREEN = (1600, 1200)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class EngineMissing(Exception):
    """No browser with this engine is installed."""

    def __init__(self, engine: str, why: str = "is not installed") -> None:
        self.engine = engine
        super().__init__(f"{engine} {why}; 'python -m tests.browser.install' tries to install it")


class NotInThisEngine(Exception):
    """This engine, as we drive it, cannot be switched the way a test asks."""


class PageError(AssertionError):
    """The page could not do what it was told; says what, where, and what the console had."""


class NeverHappened(PageError):
    """What a test waited for did not come."""


@dataclass(frozen=True)
class Found:
    """Where an engine is; no program means Playwright's own."""

    engine: str
    program: Path | None = None
    driver: Path | None = None
    screen: Path | None = None

    def __str__(self) -> str:
        return str(self.program or "Playwright's own")


@dataclass(frozen=True)
class Reader:
    """How the reader has set up their browser."""

    viewport: tuple[int, int]
    javascript: bool
    webassembly: bool
    dark: bool
    reduced_motion: bool


@contextmanager
def asleep() -> Iterator[None]:
    """Let every browser that this process started do nothing at all, as on a phone that sleeps."""
    stopped = [pid for pid in _descendants(os.getpid()) if _is_browser(pid)]
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(stopped):
            os.kill(pid, signal.SIGCONT)


def _descendants(pid: int) -> Iterator[int]:
    told = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    for child in map(int, told.stdout.split()):
        yield child
        yield from _descendants(child)


def _is_browser(pid: int) -> bool:
    told = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(re.search(r"chrom|firefox|MiniBrowser|WebKit\w*Process", told.stdout.split(" ")[0]))


# ---- finding browsers


def find(engine: str) -> Found | None:
    """Return where the engine is, the system's first; None if it is nowhere."""
    return _find_on_system(engine) or _find_at_playwright(engine)


def program(engine: str) -> Path:
    """Return an engine's program, for tools that start it themselves.

    Raises:
        EngineMissing: it is nowhere.
    """
    found = find(engine)
    if not found:
        raise EngineMissing(engine)
    if found.program:
        return found.program
    with _playwright() as playwright:
        return Path(getattr(playwright, engine).executable_path)


def _find_on_system(engine: str) -> Found | None:
    if engine == "webkit":
        driver, screen = _program("WebKitWebDriver"), _program("Xvfb")
        browser = next(_mini_browsers(), None)
        return Found(engine, browser, driver, screen) if browser and driver and screen else None
    names = {
        "chromium": (
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ),
        "firefox": ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"),
    }
    program = next(filter(None, map(_program, names[engine])), None)
    return Found(engine, program) if program else None


def _program(name: str) -> Path | None:
    found = shutil.which(name)
    if not found:
        return None
    file = Path(found).resolve()
    start = b"" if file.stat().st_size > 100_000 else file.read_bytes()
    # a snap may not read the profile that Playwright writes
    return None if "/snap" in str(file) or b"/snap/" in start else Path(found)


def _mini_browsers() -> Iterator[Path]:
    for version in ("webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"):
        for pattern in ("lib/*/{}", "lib/{}", "lib64/{}", "libexec/{}"):
            yield from Path("/usr").glob(pattern.format(version) + "/MiniBrowser")


def _find_at_playwright(engine: str) -> Found | None:
    with _playwright() as playwright:
        there = Path(getattr(playwright, engine).executable_path).exists()
    return Found(engine) if there else None


class _Shared:
    """Playwright, started once: a second one in the same thread refuses to."""

    users = 0
    stack = ExitStack()
    playwright: Playwright


@contextmanager
def _playwright() -> Iterator[Playwright]:
    if not _Shared.users:
        # without scripts Firefox never says that its fonts are ready, so screenshots do not ask
        os.environ.setdefault("PW_TEST_SCREENSHOT_NO_FONTS_READY", "1")
        _Shared.playwright = _Shared.stack.enter_context(sync_playwright())
    _Shared.users += 1
    try:
        yield _Shared.playwright
    finally:
        _Shared.users -= 1
        if not _Shared.users:
            _Shared.stack.close()


def without_proxies(**extra: str) -> dict[str, str]:
    """Return our environment without proxies: nothing in a test leaves the machine."""
    ours = {name: value for name, value in os.environ.items() if "_proxy" not in name.lower()}
    return ours | extra


# ---- what every engine and every page can do


class Engine(ABC):
    """A browser that runs; `open` gives pages that share nothing with each other."""

    hears_console = True

    def __init__(self, name: str) -> None:
        self.name = name

    def open(
        self,
        url: str,
        *,
        viewport: tuple[int, int] = (1440, 900),
        javascript: bool = True,
        webassembly: bool = True,
        dark: bool = False,
        reduced_motion: bool = False,
    ) -> Page:
        """Open an address in a fresh profile; use the page in a `with` statement.

        Raises:
            NotInThisEngine: the browser was told, but what a page sees is something else.
        """
        reader = Reader(viewport, javascript, webassembly, dark, reduced_motion)
        page = self._fresh(reader)
        try:
            seen = page.evaluate(
                "({webassembly: typeof WebAssembly === 'object',"
                " dark: matchMedia('(prefers-color-scheme: dark)').matches,"
                " reduced_motion: matchMedia('(prefers-reduced-motion: reduce)').matches,"
                " viewport: [innerWidth, innerHeight]})"
            )
            for what, value in seen.items():
                wanted = getattr(reader, what)
                if value != (list(wanted) if what == "viewport" else wanted):
                    raise NotInThisEngine(f"{self.name}: {what} is {value}, not {wanted}")
            page.goto(url)
        except BaseException:
            page.close()
            raise
        return page

    @abstractmethod
    def _fresh(self, reader: Reader) -> Page: ...

    @abstractmethod
    def close(self) -> None:
        """End every process of this engine."""


class Page(ABC):
    """A page in a browser, with the verbs of a reader and two for tests: `evaluate` and `wait_until`."""

    console_errors: list[str]

    def __init__(self, javascript: bool) -> None:
        self.javascript = javascript
        self.console_errors = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The address of the page that is shown."""
        return str(self.evaluate("location.href"))

    def goto(self, url: str) -> None:
        """Go to an address and wait until the page has loaded."""
        self._do(f"go to {url}", lambda: self._goto(url))

    def back(self) -> None:
        """Go back as the browser's own button does."""
        self._do("go back", self._back)

    def evaluate(self, expression: str) -> Any:
        """Return what a JavaScript expression gives, as JSON can say it; a promise is awaited.

        On a page without JavaScript this still works, for expressions that answer at once.
        """
        return self._do(f"evaluate {expression}", lambda: self._evaluate(expression))

    def wait_until(self, expression: str, *, seconds: float = PATIENCE) -> Any:
        """Ask again until a JavaScript expression gives something true, and return that.

        Raises:
            NeverHappened: with the expression, what it gave last, and the console's errors.
        """
        end = time.monotonic() + seconds
        while True:
            try:
                last = self.evaluate(expression)
            except PageError as problem:  # between two pages, or not there yet
                last = problem
            if last and not isinstance(last, PageError):
                return last
            if time.monotonic() > end:
                raise NeverHappened(
                    self._told(f"waited {seconds:g} s for {expression}; last: {last!r}")
                )
            time.sleep(0.03)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key, named as in KeyboardEvent.key, perhaps with "Shift+" before it."""
        self._do(f"press {key}", lambda: self._press(key, times))

    def tab(self, times: int = 1) -> None:
        """Move on with the tabulator key."""
        self.press("Tab", times)

    def click(self, css: str) -> None:
        """Click with the pointer in the middle of the first such element."""
        self._find(css)
        self._do(f"click {css}", lambda: self._click(css))

    def focus(self, css: str) -> None:
        """Put the keyboard on the first such element."""
        self._find(css)
        # a new window may wait for the focus itself
        self.wait_until(f"(e => {{ e.focus(); return e.matches(':focus'); }})({_first(css)})")

    def text(self, css: str) -> str:
        """Return the text a reader sees in the first such element."""
        self._find(css)
        return str(self.evaluate(f"(e => e.innerText ?? e.textContent)({_first(css)})"))

    def visible(self, css: str) -> bool:
        """Tell whether there is such an element and the first one shows."""
        return bool(
            self.evaluate(
                "(e => !!e && e.checkVisibility({opacityProperty: true, visibilityProperty: true})"
                " && [...e.getClientRects()].some(r => r.width * r.height > 0))"
                f"({_first(css)})"
            )
        )

    def held(self) -> dict[str, float]:
        """Return what the page holds once garbage is gone, by Chromium's names; nothing elsewhere."""
        return {}

    def screenshot(self, path: Path, *, full_page: bool = True) -> None:
        """Save a PNG of the whole page, or of what fits the window."""
        if self.javascript:
            self.evaluate("document.fonts.ready.then(() => true)")
        self._do("take a screenshot", lambda: self._screenshot(path, full_page))

    @contextmanager
    def inside(self, css: str) -> Iterator[None]:
        """Be, for a while, in the page of a frame: every verb acts there.

        WebKit gives the keyboard to a frame of another origin only after a click in it.
        """
        self._find(css)
        self._do(f"go into {css}", lambda: self._enter(css))
        try:
            yield
        finally:
            self._do(f"leave {css}", self._leave)

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the page a window of this size."""

    @abstractmethod
    def close(self) -> None:
        """Forget this page and all it stored."""

    def _find(self, css: str) -> None:
        if not self.evaluate(f"!!{_first(css)}"):
            raise PageError(self._told(f"there is no {css}"))

    def _do[T](self, what: str, action: Callable[[], T]) -> T:
        try:
            return action()
        except (PlaywrightError, WebDriverException) as error:
            raise PageError(self._told(f"could not {what}: {error}")) from None

    def _told(self, what: str) -> str:
        console = "".join(f"\n  console: {line}" for line in self.console_errors)
        return f"{what}{console}"

    @abstractmethod
    def _goto(self, url: str) -> None: ...
    @abstractmethod
    def _back(self) -> None: ...
    @abstractmethod
    def _evaluate(self, expression: str) -> Any: ...
    @abstractmethod
    def _enter(self, css: str) -> None: ...
    @abstractmethod
    def _leave(self) -> None: ...
    @abstractmethod
    def _press(self, key: str, times: int) -> None: ...
    @abstractmethod
    def _click(self, css: str) -> None: ...
    @abstractmethod
    def _screenshot(self, path: Path, full_page: bool) -> None: ...


def _first(css: str) -> str:
    return f"document.querySelector({json.dumps(css)})"


# ---- Playwright: Chromium, Firefox, and WebKit where it has one


class PlaywrightEngine(Engine):
    """A browser driven by Playwright, with a process of its own for each set of switches."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.engine)
        self._stack = ExitStack()
        self._playwright = self._stack.enter_context(_playwright())
        self._found = found
        self._running: dict[str, Browser] = {}

    def close(self) -> None:
        for browser in self._running.values():
            browser.close()
        self._stack.close()

    def _fresh(self, reader: Reader) -> Page:
        width, height = reader.viewport
        context = self._browser(reader).new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=reader.javascript,
            color_scheme="dark" if reader.dark else "light",
            reduced_motion="reduce" if reader.reduced_motion else "no-preference",
        )
        context.set_default_timeout(PATIENCE * 1000)
        tells = self.name == "chromium"  # only its protocol speaks of memory
        return PlaywrightPage(context.new_page(), reader.javascript, tells)

    def _browser(self, reader: Reader) -> Browser:
        switches = getattr(self, f"_{self.name}_switches")(reader)
        key = json.dumps(switches, sort_keys=True)
        if key not in self._running:
            if self._found.program:
                switches["executable_path"] = self._found.program
            switches["env"] = without_proxies(**switches.get("env", {}))
            kind = getattr(self._playwright, self.name)
            self._running[key] = kind.launch(**switches)
        return self._running[key]

    def _chromium_switches(self, reader: Reader) -> dict[str, Any]:
        # without its compiler V8 has no WebAssembly; the flag for that alone is gone
        no_webassembly = [] if reader.webassembly else ["--js-flags=--jitless"]
        return {"args": [*CHROMIUM_FLAGS, *no_webassembly]}

    def _firefox_switches(self, reader: Reader) -> dict[str, Any]:
        # over BiDi Firefox does not hear of a context's media and scripts, so preferences say it
        preferences: dict[str, bool | int] = {
            "javascript.enabled": reader.javascript,
            "javascript.options.wasm": reader.webassembly,
            "layout.css.prefers-color-scheme.content-override": 0 if reader.dark else 1,
            "ui.prefersReducedMotion": int(reader.reduced_motion),
            "ui.useOverlayScrollbars": 1,  # they take no width in the other engines
            "fission.bfcacheInParent": False,  # or Playwright waits for ever after Back
        }
        channel = {"channel": "moz-firefox"} if self._found.program else {}
        return {"firefox_user_prefs": preferences, **channel}

    def _webkit_switches(self, reader: Reader) -> dict[str, Any]:
        return {"env": _webkit_environment(reader)}


class PlaywrightPage(Page):
    """A page in a Playwright context of its own."""

    def __init__(self, tab: PlaywrightTab, javascript: bool, tells: bool) -> None:
        super().__init__(javascript)
        self._tab = tab
        self._tells = tells
        self._frames = [tab.main_frame]
        tab.on(
            "console",
            lambda said: self.console_errors.append(said.text) if said.type == "error" else None,
        )
        tab.on("pageerror", lambda error: self.console_errors.append(str(error)))

    def resize(self, width: int, height: int) -> None:
        self._tab.set_viewport_size({"width": width, "height": height})

    def close(self) -> None:
        self._tab.context.close()

    def held(self) -> dict[str, float]:
        if not self._tells:
            return {}
        asked = self._tab.context.new_cdp_session(self._tab)
        for command in ("HeapProfiler.enable", "HeapProfiler.collectGarbage", "Performance.enable"):
            asked.send(command)
        told = asked.send("Performance.getMetrics")["metrics"]
        asked.detach()
        return {entry["name"]: entry["value"] for entry in told}

    def _goto(self, url: str) -> None:
        self._tab.goto(url)

    def _back(self) -> None:
        self._tab.go_back()

    def _evaluate(self, expression: str) -> Any:
        return self._frames[-1].evaluate(f"({expression})")

    def _enter(self, css: str) -> None:
        element = self._frames[-1].query_selector(css)
        frame = element and element.content_frame()
        assert frame, f"{css} is no frame"
        self._frames.append(frame)

    def _leave(self) -> None:
        self._frames.pop()

    def _press(self, key: str, times: int) -> None:
        for _ in range(times):
            self._tab.keyboard.press(key)

    def _click(self, css: str) -> None:
        # without scripts Firefox cannot tell Playwright that the element has come to rest
        self._frames[-1].locator(css).first.click(force=not self.javascript)

    def _screenshot(self, path: Path, full_page: bool) -> None:
        self._tab.screenshot(path=path, full_page=full_page)


# ---- WebKitGTK, by its own WebDriver


class WebKitGtkEngine(Engine):
    """WebKitGTK's small browser: a process for each page, on a screen that nobody sees."""

    hears_console = False  # automation has no console, and keeps it from the standard output too

    def __init__(self, found: Found) -> None:
        super().__init__(found.engine)
        assert found.driver
        assert found.screen
        self._program, self._driver = str(found.program), str(found.driver)
        self._stack = ExitStack()
        try:
            # a browser that ends may still write
            home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
            self._home = Path(self._stack.enter_context(home))
            self._display = self._stack.enter_context(_screen(found.screen))
            for reduced_motion in (False, True):
                self._settings(reduced_motion)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._stack.close()

    def _settings(self, reduced_motion: bool) -> None:
        folder = self._home / f"reduced_motion_{reduced_motion}" / "gtk-3.0"
        folder.mkdir(parents=True)
        animations = int(not reduced_motion)
        (folder / "settings.ini").write_text(f"[Settings]\ngtk-enable-animations={animations}\n")
        # or the hidden toolbar keeps the window wider than a phone
        (folder / "gtk.css").write_text(
            "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border: none; font-size: 1px; }"
        )

    def _fresh(self, reader: Reader) -> Page:
        options = Options()
        options.binary_location = self._program
        for argument in ("--automation", "--full-screen"):  # full screen: no toolbar
            options.add_argument(argument)
        if reader.dark:
            options.add_argument("--dark-mode")
        if not reader.javascript:
            options.add_argument("--enable-javascript=false")
        environment = without_proxies(
            DISPLAY=self._display,
            NO_AT_BRIDGE="1",
            MESA_SHADER_CACHE_DISABLE="true",
            JSC_useOMGJIT="0",  # optimising Pyodide takes two cores longer than any test runs it
            XDG_CONFIG_HOME=str(self._home / f"reduced_motion_{reader.reduced_motion}"),
            XDG_CACHE_HOME=str(self._home / "cache"),
            XDG_DATA_HOME=str(self._home / "data"),
            **_webkit_environment(reader),
        )

        def service() -> Service:
            return Service(self._driver, log_output=subprocess.DEVNULL, env=environment)

        for _ in range(WEBKIT_STARTS - 1):
            try:
                return WebKitGtkPage(service(), options, reader)
            except HTTPError:
                continue
        return WebKitGtkPage(service(), options, reader)


class WebKitGtkPage(Page):
    """A page in a browser of its own."""

    KEYS: Mapping[str, str] = {
        "Alt": Keys.ALT,
        "ArrowDown": Keys.ARROW_DOWN,
        "ArrowLeft": Keys.ARROW_LEFT,
        "ArrowRight": Keys.ARROW_RIGHT,
        "ArrowUp": Keys.ARROW_UP,
        "Backspace": Keys.BACKSPACE,
        "Control": Keys.CONTROL,
        "Delete": Keys.DELETE,
        "End": Keys.END,
        "Enter": Keys.ENTER,
        "Escape": Keys.ESCAPE,
        "Home": Keys.HOME,
        "PageDown": Keys.PAGE_DOWN,
        "PageUp": Keys.PAGE_UP,
        "Shift": Keys.SHIFT,
        "Space": " ",
        "Tab": Keys.TAB,
    }

    def __init__(self, service: Service, options: Options, reader: Reader) -> None:
        super().__init__(reader.javascript)
        self._viewport = reader.viewport
        self._stack = ExitStack()
        try:
            service.start()
            self._stack.callback(service.stop)
            direct = Proxy({"proxyType": ProxyType.DIRECT})
            config = ClientConfig(service.service_url, proxy=direct, timeout=WEBKIT_START_S)
            self._driver = webdriver.Remote(RemoteConnection(client_config=config), options=options)
            config.timeout = 5 * PATIENCE  # longer than anything in a page may take
            self._stack.callback(self._driver.quit)
            self._driver.set_page_load_timeout(PATIENCE)
            self._driver.set_script_timeout(4 * PATIENCE)
            self.resize(*reader.viewport)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._stack.close()

    def resize(self, width: int, height: int) -> None:
        # around the pointer, in the middle of the screen: nothing else gives a window the focus here
        x, y = (SCREEN[0] - width) // 2, (SCREEN[1] - height) // 2
        self._driver.set_window_rect(x, y, width, height)
        self.wait_until(f"innerWidth === {width} && innerHeight === {height}")

    def _goto(self, url: str) -> None:
        page, _, place = url.partition("#")
        stays = place and self._driver.current_url.partition("#")[0] == page
        if not stays:
            self._evaluate("void (window.isLeft = true)")
        self._driver.get(url)
        if not stays:
            # the driver takes what the old page does to its history for the new page's arrival
            self.wait_until("!window.isLeft && document.readyState === 'complete'")

    def _back(self) -> None:
        self._driver.back()

    def _evaluate(self, expression: str) -> Any:
        answer = self._driver.execute_async_script(
            "const done = arguments[0], failed = error => done({error: String(error)});"
            f"try {{ const value = ({expression});"
            " if (value instanceof Promise) value.then(value => done({value}), failed);"
            " else done({value}) } catch (error) { failed(error) }"
        )
        if "error" in answer:
            raise WebDriverException(answer["error"])
        return answer.get("value")

    def _enter(self, css: str) -> None:
        self._driver.switch_to.frame(self._driver.find_element(By.CSS_SELECTOR, css))

    def _leave(self) -> None:
        self._driver.switch_to.parent_frame()

    def _press(self, key: str, times: int) -> None:
        *held, pressed = [self.KEYS.get(name, name) for name in key.split("+")]
        actions = ActionChains(self._driver, duration=0)
        for name in held:
            actions.key_down(name)
        for _ in range(times):
            actions.key_down(pressed).key_up(pressed)
        for name in held:
            actions.key_up(name)
        actions.perform()

    def _click(self, css: str) -> None:
        self._driver.find_element(By.CSS_SELECTOR, css).click()

    def _screenshot(self, path: Path, full_page: bool) -> None:
        width, height = self._viewport
        if full_page:
            tall = int(self._evaluate("document.documentElement.scrollHeight"))
            self.resize(width, max(height, tall))
        try:
            path.write_bytes(self._driver.get_screenshot_as_png())
        finally:
            if full_page:
                self.resize(width, height)


def _webkit_environment(reader: Reader) -> dict[str, str]:
    return {} if reader.webassembly else {"JSC_useWasm": "0", "JSC_useWebAssembly": "0"}


@contextmanager
def _screen(xvfb: Path) -> Iterator[str]:
    """Start an X server that finds a free number by itself; yield its name."""
    read, write = os.pipe()
    command = [str(xvfb), "-displayfd", str(write), "-nolisten", "tcp"]
    screen = subprocess.Popen(
        [*command, "-screen", "0", "{}x{}x24".format(*SCREEN)],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise EngineMissing("webkit", "has no screen: Xvfb did not start")
        yield f":{number}"
    finally:
        screen.terminate()
        screen.wait()


# ---- starting


class Engines:
    """The engines that run, each started at its first use."""

    def __init__(self) -> None:
        self._running: dict[str, Engine] = {}

    def get(self, name: str) -> Engine:
        """Return an engine.

        Raises:
            EngineMissing: it is not installed.
        """
        if name not in self._running:
            found = find(name)
            if not found:
                raise EngineMissing(name)
            self._running[name] = (
                WebKitGtkEngine(found) if found.driver else PlaywrightEngine(found)
            )
        return self._running[name]

    def close(self) -> None:
        """End them all."""
        for engine in self._running.values():
            engine.close()


@contextmanager
def engines() -> Iterator[Engines]:
    """All engines for a session: `get(name)` starts one, the end of the `with` ends them."""
    running = Engines()
    try:
        yield running
    finally:
        running.close()
