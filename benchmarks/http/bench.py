"""Drives two hubs in turn and writes the table. Started by bench.sh, which says how."""
import argparse
import http.client
import json
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import seed

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
CONNECTIONS = 16


class Hub:
    """A hub that is started on a port of its own with a folder of its own, stopped politely, and started again on the same folder."""

    def __init__(self, name, port, folder, command, database, environment=None):
        self.name, self.port, self.folder, self.command = name, port, folder, command
        self.database, self.environment, self.process = folder / database, environment or {}, None
        folder.mkdir(parents=True)

    def start(self):
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(
            self.command, cwd=self.folder, env={**os.environ, **self.environment}, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 120
        while True:
            try:
                if get(self, "/hub/api/")[0] == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{self.name} did not start:\n{(self.folder / 'log').read_text()[-4000:]}")
            time.sleep(0.2)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(120)

    def seed(self, users):
        self.start()
        self.stop()
        seed.main(self.database, users)
        self.start()

    def memory(self):
        """Resident megabytes now."""
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024


def get(hub, path, method="GET", body=None, token=seed.MADE):
    connection = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=300)
    try:
        connection.request(method, path, body, {"Authorization": f"token {token}", "Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def wrk(hub, seconds, kind, *arguments, connections=CONNECTIONS, token=seed.MADE):
    run = subprocess.run(
        ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", str(HERE / "requests.lua"),
         f"http://127.0.0.1:{hub.port}", "--", kind, token, *map(str, arguments)],
        capture_output=True, text=True, check=True)
    result = json.loads(next(line[7:] for line in run.stdout.splitlines() if line.startswith("RESULT ")))
    if result["refused"] or result["broken"]:
        print(f"  {hub.name}: {result['refused']} refused, {result['broken']} broken of {result['requests']}", file=sys.stderr)
    return result


def create_at_once(hub, prefix, count):
    body = json.dumps({"usernames": [f"{prefix}-{number}" for number in range(count)]})
    begin = time.perf_counter()
    status, _ = get(hub, "/hub/api/users", "POST", body)
    return time.perf_counter() - begin if status == 201 else None


class Comparison:
    """Rows of the first table: the original and ours, one after the other, after their answers were compared."""

    def __init__(self, original, ours, seconds):
        self.original, self.ours, self.seconds, self.rows = original, ours, seconds, []

    def drive(self, text, bar, path, kind, *arguments, method="GET", body=None, token=seed.MADE):
        answers = [get(hub, path, method, body, token) for hub in (self.original, self.ours)]
        if (problem := unlike(*answers)) is not None:
            self.rows.append((text, bar, None, None, problem))
            return
        for hub in (self.original, self.ours):
            wrk(hub, 1, kind, *arguments, token=token)
        theirs, mine = (wrk(hub, self.seconds, kind, *arguments, token=token) for hub in (self.original, self.ours))
        note = "" if mine["refused"] + mine["broken"] == 0 else f"{mine['refused']} refused, {mine['broken']} broken"
        self.rows.append((text, bar, theirs["rate"], mine["rate"], f"ours p50 {mine['p50']:.2f} ms, p99 {mine['p99']:.2f} ms; {note}".rstrip("; ")))

    def time(self, text, bar, measure, count):
        """Median of three, as operations a second."""
        figures = []
        for hub in (self.original, self.ours):
            runs = [measure(hub, f"{measure.__name__.replace('_', '-')}-{turn}", count) for turn in range(3)]
            figures.append(None if None in runs else count / sorted(runs)[1])
        self.rows.append((text, bar, *figures, "" if None not in figures else "not served"))

    def create(self, text, bar):
        """Every request makes another user, for as long as the other rows take."""
        figures = [wrk(hub, self.seconds, "create", 0, f"/hub/api/users/made-{time.time_ns()}") for hub in (self.original, self.ours)]
        note = ", ".join(f"{hub.name}: {figure['requests']:,} made" for hub, figure in zip((self.original, self.ours), figures))
        broken = any(figure["refused"] + figure["broken"] for figure in figures)
        self.rows.append((text, bar, *(None if broken else figure["rate"] for figure in figures), "refused or broken" if broken else note))

    def table(self):
        yield "| requests per second | original | ours | ratio | expected | |"
        yield "|-|-:|-:|-:|-:|-|"
        for text, bar, theirs, mine, note in self.rows:
            figures = [f"{value:,.0f}" if value else "–" for value in (theirs, mine)]
            ratio = f"{mine / theirs:,.1f}x" if theirs and mine else "–"
            yield f"| {text} | {figures[0]} | {figures[1]} | {ratio} | {bar} | {note} |"


def unlike(theirs, mine):
    """What makes the two answers incomparable; None if nothing does."""
    if mine[0] in (404, 405):
        return "not served"
    if theirs[0] != mine[0]:
        return f"the original answers {theirs[0]}, ours {mine[0]}"
    if theirs[1] and not len(theirs[1]) / 3 < len(mine[1]) < len(theirs[1]) * 3:
        return f"the original answers {len(theirs[1])} bytes, ours {len(mine[1])}"
    if theirs[1].startswith(b"["):
        names = [[user["name"] for user in json.loads(body)] for _, body in (theirs, mine)]
        if names[0] != names[1]:
            return "the lists differ"
    return None


def compare(work, ours, seconds):
    original = Hub("original", 18081, work / "original", ["/usr/bin/python3", "-m", "jupyterhub", "-f", str(HERE / "original_config.py")],
                   "jupyterhub.sqlite", {"BENCH_PORT": "18081"})
    try:
        for hub in (original, ours):
            hub.seed(5000)
        rows = Comparison(original, ours, seconds)
        rows.drive("`GET /user`", "30x", "/hub/api/user", "path", 0, "/hub/api/user")
        rows.drive("`GET /user`, token of 16,384 rounds", "", "/hub/api/user", "path", 0, "/hub/api/user", token=seed.CONFIGURED)
        rows.drive("`GET /users/{name}`, one of 100", "60x", "/hub/api/users/user-000042", "user", 100)
        rows.drive("`GET /users/{name}`, any of 5,000", "60x", "/hub/api/users/user-000042", "user", 5000)
        for place, offset in (("first", 0), ("middle", 2400)):
            page = f"/hub/api/users?limit=200&offset={offset}"
            rows.drive(f"{place} page of 200 among 5,000 users", "40x", page, "path", 0, page)
        report = '{"servers": {"": {"last_activity": "2020-01-01T00:00:00Z"}}}'
        rows.drive("activity posts for any of 5,000 users", "30x", "/hub/api/users/user-000042/activity", "activity", 5000, method="POST", body=report)
        rows.time("users made, 500 in one request", "20x", create_at_once, 500)
        rows.create("users made, one in each request", "20x")
        return rows.table()
    finally:
        original.stop()
        ours.stop()


def large(ours, seconds, users):
    """Rows of the second table: ours alone, with many users."""
    try:
        ours.seed(users)
        yield f"| page of 200 among {users:,} users | per second | p50, ms | p99, ms |"
        yield "|-|-:|-:|-:|"
        for sort in ("", "name", "-name", "last_activity", "-last_activity"):
            for place, offset in (("first", 0), ("middle", users // 2), ("last", users - 200)):
                query = f"limit=200&offset={offset}" + (f"&sort={sort}" if sort else "")
                yield page_row(ours, seconds, f"sorted by {sort or 'nothing'}, {place}", query)
            query = "limit=200" + (f"&sort={sort}" if sort else "")
            yield page_row(ours, seconds, f"sorted by {sort or 'nothing'}, any of {users // 200} at random", query, pages=users // 200)
        for text, pattern in (("a tenth", "-0042"), ("a few", "99999"), ("none", "nobody-is-called-so")):
            yield page_row(ours, seconds, f"whose name contains `{pattern}` ({text})", f"limit=200&name_filter={pattern}")
        yield ""
        yield f"Resident memory afterwards: {ours.memory():,.0f} MB (bar: 300 MB). Bar for p99: 50 ms."
    finally:
        ours.stop()


def page_row(ours, seconds, text, query, pages=0):
    path = f"/hub/api/users?{query}"
    status, _ = get(ours, path)
    if status != 200:
        return f"| {text} | not served ({status}) | | |"
    kind = "pages" if pages else "path"
    wrk(ours, 1, kind, pages, path, connections=4)
    result = wrk(ours, seconds, kind, pages, path, connections=4)
    return f"| {text} | {result['rate']:,.0f} | {result['p50']:.1f} | {result['p99']:.1f} |"


def our_hub(work, name, port):
    host = REPOSITORY / "samples/SampleHost/bin/Release/net10.0/SampleHost.dll"
    return Hub(name, port, work / name, [
        "dotnet", str(host), f"--JupyterHub:BindUrl=http://127.0.0.1:{port}", f"--JupyterHub:DataDirectory={work / name}", "--Logging:LogLevel:Default=Warning"],
        "hub.sqlite")


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown processor")
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    version = subprocess.run(["/usr/bin/python3", "-m", "jupyterhub", "--version"], capture_output=True, text=True).stdout.strip()
    runtime = subprocess.run(["dotnet", "--version"], capture_output=True, text=True).stdout.strip()
    return (f"{os.cpu_count()} processors ({model}), Linux {platform.release()}, load {load} at the end; JupyterHub {version} on Python "
            f"{platform.python_version()}, ours in Release on .NET SDK {runtime}; wrk runs on the same machine.")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=10)
    options.add_argument("--users", type=int, default=100_000)
    options.add_argument("--only", choices=["compare", "large"])
    options.add_argument("--output", default=str(REPOSITORY / "benchmarks/results/http.md"))
    chosen = options.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="hub-http-"))
    parts = []
    try:
        if chosen.only != "large":
            parts += ["## Next to the original", "", *compare(work, our_hub(work, "ours", 18082), chosen.seconds), ""]
        if chosen.only != "compare":
            parts += ["## Ours with many users, 4 connections", "", *large(our_hub(work, "large", 18083), chosen.seconds, chosen.users), ""]
    finally:
        shutil.rmtree(work, ignore_errors=True)
    text = "\n".join([
        "# The REST API under load", "", f"{time.strftime('%d %B %Y').lstrip('0')}. {machine()} Each row {chosen.seconds} s after a second of warming, "
        f"{CONNECTIONS} connections unless said otherwise, both hubs on their own port without a proxy, on SQLite files with the same users.", "",
        "```", "benchmarks/http/bench.sh " + " ".join(sys.argv[1:]), "```", "", *parts])
    pathlib.Path(chosen.output).write_text(text.replace("bench.sh \n", "bench.sh\n").rstrip() + "\n")
    print(text)


if __name__ == "__main__":
    main()
