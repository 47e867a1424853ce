"""Times pages of the administration next to a static file of the same hub. Started by pages.sh, which says how."""
import argparse
import gzip
import http.client
import os
import pathlib
import platform
import random
import re
import secrets
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from datetime import datetime, timedelta

import bench
import seed

PASSWORD = "for-this-measurement-only"


def add_tokens(path, each):
    """So many tokens for every user: half of them never used, some that expire. Their hashes belong to no token."""
    pick, now = random.Random(2), datetime.utcnow()
    db = sqlite3.connect(path)
    users = [row[0] for row in db.execute("SELECT id FROM users")]

    def rows():
        for turn in range(each):
            for user in users:
                used = seed.stamp(now - timedelta(seconds=pick.randrange(200 * 86400))) if pick.random() < 0.5 else None
                ends = seed.stamp(now + timedelta(seconds=pick.randrange(14 * 86400))) if pick.random() < 0.4 else None
                yield (user, f"none:1:{secrets.token_hex(8)}:{turn}", "none", "jupyterhub", seed.stamp(now - timedelta(days=pick.randrange(300))), used, ends,
                       f"notebook {pick.randrange(1000)} of turn {turn}", '["inherit"]' if turn else '["self", "read:users!user", "access:servers!user"]')

    db.executemany("INSERT INTO api_tokens (user_id, hashed, prefix, client_id, created, last_activity, expires_at, note, scopes) VALUES (?,?,?,?,?,?,?,?,?)", rows())
    db.commit()
    db.close()


class Visitor:
    """A browser without a picture: one connection, the cookies of a sign-in."""

    def __init__(self, port):
        self.connection, self.cookies = http.client.HTTPConnection("127.0.0.1", port, timeout=300), {}

    def send(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Accept": "text/html"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begin = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        took = (time.perf_counter() - begin) * 1000
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                pair = value.split(";")[0].split("=", 1)
                self.cookies[pair[0]] = pair[1]
        return answer.status, content, took

    def sign_in(self, name):
        _, form, _ = self.send("GET", "/hub/login")
        token = re.search(rb'name="_xsrf" value="([^"]*)"', form)[1].decode()
        status, _, _ = self.send("POST", "/hub/login", urllib.parse.urlencode({"_xsrf": token, "username": name, "password": PASSWORD}))
        if status != 302:
            sys.exit(f"signing in answers {status}")


def rows(users):
    middle = f"user-{users // 2:06}"
    yield "users, first page", "/hub/admin"
    yield "users, 200 of them", "/hub/admin?size=200"
    yield "users, in the middle", f"/hub/admin?page={users // 100}"
    yield "users, by last activity", "/hub/admin?sort=-last_activity"
    yield "users whose name contains `9999`", "/hub/admin?search=9999"
    yield "users without an active server", "/hub/admin?state=inactive"
    yield "one user", f"/hub/admin/users/{middle}"
    yield "tokens, first page", "/hub/admin/tokens"
    yield "tokens, by expiry", "/hub/admin/tokens?sort=expires"
    yield "tokens, in the middle by creation", f"/hub/admin/tokens?sort=-created&page={users // 20}"
    yield "tokens, never used", "/hub/admin/tokens?use=never"
    yield "tokens, unused for long", "/hub/admin/tokens?use=long-ago"
    yield "tokens of one user", f"/hub/admin/tokens?owner={middle}"
    yield "tokens, a note that many have", "/hub/admin/tokens?note=turn+3"
    yield "tokens, a note that none has", "/hub/admin/tokens?note=nobody-wrote-this"


def measure(visitor, path, times):
    """The first view, which nobody has asked for before, and the median and the worst of those after it."""
    status, content, first = visitor.send("GET", path)
    if status != 200:
        sys.exit(f"{path} answers {status}: {content[:500]}")
    later = [visitor.send("GET", path)[2] for _ in range(times)]
    return first, statistics.median(later), max(later), len(content), len(gzip.compress(content, 6))


def table(visitor, users, times):
    static = measure(visitor, "/hub/static/hub.css", times)
    yield "| page | first view, ms | median, ms | worst, ms | median to a static file | KB | KB compressed |"
    yield "|-|-:|-:|-:|-:|-:|-:|"
    yield row("a static file (`hub.css`)", static, static)
    for text, path in rows(users):
        yield row(text, measure(visitor, path, times), static)


def row(text, figures, static):
    first, median, worst, size, packed = figures
    return f"| {text} | {first:.1f} | {median:.2f} | {worst:.1f} | {median / static[1]:,.1f}x | {size / 1000:.1f} | {packed / 1000:.1f} |"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--users", type=int, default=100_000)
    options.add_argument("--tokens", type=int, default=5, help="of each user")
    options.add_argument("--times", type=int, default=30)
    options.add_argument("--keep", action="store_true", help="leaves the database and says where")
    options.add_argument("--output", default=str(bench.REPOSITORY / "benchmarks/results/pages.md"))
    chosen = options.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="hub-pages-"))
    hub = bench.our_hub(work, "pages", 18084)
    hub.command += ["--JupyterHub:Authenticator:Type=dummy", "--JupyterHub:Authenticator:AllowAll=true", f"--JupyterHub:Authenticator:Password={PASSWORD}"]
    try:
        hub.seed(chosen.users)
        hub.stop()
        add_tokens(hub.database, chosen.tokens)
        hub.start()
        visitor = Visitor(hub.port)
        visitor.sign_in("root")
        _, _, cold = visitor.send("GET", "/hub/admin")
        lines = [*table(visitor, chosen.users, chosen.times)]
        memory = hub.memory()
    finally:
        hub.stop()
        print(work) if chosen.keep else shutil.rmtree(work, ignore_errors=True)
    runtime = subprocess.run(["dotnet", "--version"], capture_output=True, text=True).stdout.strip()
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    text = "\n".join([
        "# Pages of the administration", "",
        f"{time.strftime('%d %B %Y').lstrip('0')}. {os.cpu_count()} processors, Linux {platform.release()}, load {load} at the end, .NET SDK {runtime}, Release; "
        f"{chosen.users:,} users with {chosen.tokens} tokens each in SQLite, one visitor on loopback who is signed in as an administrator, {chosen.times} views of each page after the first.", "",
        "```", " ".join(["benchmarks/http/pages.sh", *sys.argv[1:]]).strip(), "```", "",
        *lines, "",
        f"The very first page of the process, right after the hub has started, with its views compiled and its caches empty on the way: {cold:.0f} ms. "
        f"Resident memory afterwards: {memory:,.0f} MB. Sizes are of the HTML alone; \"compressed\" is gzip at level 6, whatever the hub sends."])
    pathlib.Path(chosen.output).write_text(text + "\n")
    print(text)


main()
