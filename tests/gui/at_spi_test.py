#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client as a screen reader meets it: over AT-SPI, on a screen and a bus of its own, against the real server.

Signs in and opens each page with nothing but what AT-SPI offers, writes down what stands there, and fails for each control
that has no name.

    at_spi_test.py BUILD_DIR [DUMP_DIR]
"""
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

SECONDS = 60
CONTROLS = {
    Atspi.Role.CHECK_BOX,
    Atspi.Role.COMBO_BOX,
    Atspi.Role.ENTRY,
    Atspi.Role.LINK,
    Atspi.Role.LIST,
    Atspi.Role.MENU_ITEM,
    Atspi.Role.PAGE_TAB,
    Atspi.Role.PAGE_TAB_LIST,
    Atspi.Role.PASSWORD_TEXT,
    Atspi.Role.PUSH_BUTTON,
    Atspi.Role.RADIO_BUTTON,
    Atspi.Role.SLIDER,
    Atspi.Role.SPIN_BUTTON,
    Atspi.Role.TABLE,
    Atspi.Role.TEXT,
    Atspi.Role.TOGGLE_BUTTON,
    Atspi.Role.TREE,
    Atspi.Role.TREE_TABLE,
}


def wait_until(condition, what):
    """What condition() gives, once it is true. An object that went while it was looked at counts as not yet."""
    end = time.monotonic() + SECONDS
    while True:
        with contextlib.suppress(GLib.Error):
            if found := condition():
                return found
        if time.monotonic() > end:
            raise AssertionError(f"not within {SECONDS} s: {what}")
        time.sleep(0.05)


def is_shown(node):
    states = node.get_state_set()
    return states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.VISIBLE)


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def shown(node, depth=0):
    """Everything that shows, from the outside to the inside, with its depth. Of a table its cells are left out: they are data."""
    for child in children(node):
        if not is_shown(child):
            continue
        yield child, depth
        if child.get_role() not in (Atspi.Role.TABLE, Atspi.Role.TREE, Atspi.Role.TREE_TABLE, Atspi.Role.LIST):
            yield from shown(child, depth + 1)


def find(root, role, name):
    for node, _ in shown(root):
        if node.get_role() == role and node.get_name() == name:
            return node
    return None


def entries(root):
    """Those of the rail, by the name of their page; a count may follow it: “Jobs, 3”."""
    return {
        node.get_name().split(",")[0]: node
        for node, _ in shown(root)
        if node.get_role() == Atspi.Role.PAGE_TAB and node.get_parent().get_name() == "Pages"
    }


def views(root):
    """The tabs of the page that is open."""
    return [
        node.get_name()
        for node, _ in shown(root)
        if node.get_role() == Atspi.Role.PAGE_TAB and node.get_parent().get_name() != "Pages"
    ]


def press(node):
    assert node.do_action(0), f"{node.get_name()} cannot be pressed"


def fill(root, name, text):
    """Puts a text where a person would type it."""
    node = wait_until(
        lambda: find(root, Atspi.Role.TEXT, name) or find(root, Atspi.Role.PASSWORD_TEXT, name), f"a field “{name}”"
    )
    assert node.set_text_contents(text), f"{name} cannot be filled in"


def decorates(node):
    """The little buttons within a text field repeat what keys do there."""
    parent = node.get_parent()
    return parent is not None and parent.get_role() in (Atspi.Role.TEXT, Atspi.Role.PASSWORD_TEXT)


def read(root, page):
    """Lines that describe everything that shows, and what is wrong with it; nothing where it changed meanwhile, as lists do that load."""
    lines, problems = [], []
    try:
        for node, depth in shown(root):
            name, role = node.get_name(), node.get_role()
            lines.append(f"{'  ' * depth}{node.get_role_name()} “{name}”")
            focusable = node.get_state_set().contains(Atspi.StateType.FOCUSABLE)
            if (role in CONTROLS or focusable) and not name.strip() and not decorates(node):
                problems.append(f"{page}: a {node.get_role_name()} without a name, in “{node.get_parent().get_name()}”")
    except GLib.GError:
        return None
    return lines, problems


def check(root, page, dumps, problems):
    lines, found = wait_until(lambda: read(root, page), f"“{page}” to hold still")
    problems += found
    (dumps / f"{page.lower().replace(' ', '-')}.txt").write_text("\n".join(lines) + "\n")
    assert len(lines) > 10, f"{page} is empty"


def application():
    desktop = Atspi.get_desktop(0)
    for node in children(desktop):
        if node.get_name().lower().startswith("patio"):
            return node
    return None


def walk(client, person, dumps, problems):
    root = wait_until(application, "the client on the bus")
    wait_until(lambda: find(root, Atspi.Role.PUSH_BUTTON, "Sign in"), "the sign-in page")
    check(root, "sign-in", dumps, problems)
    fill(root, "E-mail", person["email"])
    fill(root, "Password", person["password"])
    press(find(root, Atspi.Role.PUSH_BUTTON, "Sign in"))
    pages = list(wait_until(lambda: entries(root), "the desk"))
    assert len(pages) >= 8, pages
    for page in pages:
        press(entries(root)[page])
        # A page that shows no title, as a conversation does, bears its name itself.
        wait_until(lambda: find(root, Atspi.Role.LABEL, page) or find(root, Atspi.Role.FILLER, page), f"the title of “{page}”")
        wait_until(
            lambda: entries(root)[page].get_state_set().contains(Atspi.StateType.SELECTED), f"“{page}” to be said to be open"
        )
        check(root, page, dumps, problems)
        for view in views(root):
            press(find(root, Atspi.Role.PAGE_TAB, view))
            check(root, f"{page} {view}", dumps, problems)
        assert client.poll() is None, "the client ended"
    return pages


def main():
    build = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="patio-at-spi-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o711)  # started by root, PostgreSQL runs as another user, who has to get through
        dumps = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else folder
        dumps.mkdir(parents=True, exist_ok=True)
        with (folder / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [build / "bin/patiod", "serve", "--demo", "--listen", "127.0.0.1:0", "--data", folder / "data"],
                stdout=log,
                stderr=log,
            )
        client = None
        try:
            wait_until(lambda: "patiod is ready" in (folder / "server.log").read_text(errors="replace"), "the server")
            demo = json.loads((folder / "data/demo.json").read_text())
            tenant = next(one for one in demo["tenants"] if one["slug"] == "acme")
            owner = next(one for one in tenant["users"] if one["role"] == "owner")
            home = folder / "home"
            home.mkdir()
            environment = dict(os.environ, HOME=str(home), QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", LANGUAGE="en")
            for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
                environment[variable] = str(home / variable)
            client = subprocess.Popen(
                [build / "bin/patio", "--server", demo["baseUrl"], "--tenant", "acme", "--data", folder / "client"], env=environment
            )
            problems = []
            pages = walk(client, owner, dumps, problems)
            for problem in problems:
                print(problem)
            print(f"{len(pages) + 1} pages, {len(problems)} controls without a name: {', '.join(pages)}")
            return 1 if problems else 0
        finally:
            for process in (client, server):
                if process is not None:
                    process.terminate()
                    process.wait(SECONDS)


if __name__ == "__main__":
    sys.exit(main())
