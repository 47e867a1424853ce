"""Drives the proxies in turn and writes the table. Started by bench.sh, which says how."""
import argparse
import concurrent.futures
import http.client
import json
import os
import pathlib
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
PEERS = HERE / "ProxyPeers/bin/Release/net10.0/ProxyPeers.dll"
OURS = REPOSITORY / "src/Hub.Cli/bin/Release/net10.0/JupyterHub.Cli.dll"
TOKEN = "benchmark"
# Modules of Debian are also found by a Node.js that is not Debian's.
ENVIRONMENT = {"CONFIGPROXY_AUTH_TOKEN": TOKEN, "NODE_PATH": "/usr/share/nodejs"}
SIZES = {"1 KB": 1024, "100 KB": 102_400, "10 MB": 10_485_760}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """One program on a port of its own, in a folder of its own."""

    def __init__(self, name, command, port, folder, api_port=None, processes=None):
        self.name, self.port, self.api_port, self.processes = name, port, api_port, processes
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "log"
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=self.log.open("wb"), stderr=subprocess.STDOUT, env={**os.environ, **ENVIRONMENT})
        for listening in (port, api_port):
            self.wait(listening)

    def wait(self, port):
        deadline = time.monotonic() + 30
        while port:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"{self.name} did not start:\n{self.log.read_text()[-4000:]}")
                time.sleep(0.1)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def pids(self):
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        return [self.process.pid, *map(int, listed)]

    def memory(self):
        """Resident megabytes now, with child processes."""
        return sum(int(line.split()[1]) for pid in self.pids() for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS")) / 1024

    def processor_seconds(self):
        total = 0
        for pid in self.pids():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def route(self, path, target):
        connection = http.client.HTTPConnection("127.0.0.1", self.api_port, timeout=60)
        add_route(connection, path, target)
        connection.close()


def add_route(connection, path, target):
    connection.request("POST", "/api/routes" + path, json.dumps({"target": target, "user": "ada", "jupyterhub": True}), {"Authorization": f"token {TOKEN}"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 201:
        sys.exit(f"adding a route was answered with {answer.status}")


class Stage:
    """The server, and each proxy in front of it."""

    def __init__(self, work):
        self.work, self.programs = work, []
        port = free_port()
        self.server = self.start("none", ["dotnet", str(PEERS), "serve", str(port)], port)
        self.target = f"http://127.0.0.1:{port}"

    def start(self, name, command, port, api_port=None):
        program = Program(name, command, port, self.work / name, api_port)
        self.programs.append(program)
        return program

    def nginx(self):
        port, folder = free_port(), self.work / "nginx"
        folder.mkdir()
        (folder / "temp").mkdir()
        text = (HERE / "nginx.conf").read_text().replace("SERVER_PORT", str(self.server.port)).replace("PROXY_PORT", str(port))
        (folder / "nginx.conf").write_text(text)
        return self.start("nginx", ["nginx", "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")], port)

    def driven(self, name, command):
        port, api_port = free_port(), free_port()
        arguments = ["--ip", "127.0.0.1", "--port", str(port), "--api-ip", "127.0.0.1", "--api-port", str(api_port), "--log-level", "error"]
        program = self.start(name, [*command, *arguments], port, api_port)
        program.route("/", self.target)
        return program

    def original(self):
        return self.driven("configurable-http-proxy", ["configurable-http-proxy"])

    def ours(self):
        return self.driven("ours", ["dotnet", str(OURS), "proxy"])

    def stop(self):
        for program in reversed(self.programs):
            program.stop()


def wrk(program, seconds, connections, path, script="report.lua", *arguments, port=None):
    used = program.processor_seconds()
    run = subprocess.run(
        ["wrk", "-t1" if port else "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(HERE / script), f"http://127.0.0.1:{port or program.port}{path}", "--", *arguments],
        capture_output=True, text=True, check=True, env={**os.environ, "BENCH_REPORT": str(HERE / "report.lua")})
    result = json.loads(next(line[7:] for line in run.stdout.splitlines() if line.startswith("RESULT ")))
    result["cost"] = (program.processor_seconds() - used) * 1e6 / max(1, result["rate"] * seconds)
    return result


def websockets(program, seconds, connections):
    url = f"ws://127.0.0.1:{program.port}/echo"
    used = program.processor_seconds()
    run = subprocess.run(["dotnet", str(PEERS), "websockets", url, str(connections), str(seconds)], capture_output=True, text=True, check=True)
    result = json.loads(run.stdout)
    # With the second of warming that the load begins with.
    return {**result, "broken": 0, "cost": (program.processor_seconds() - used) * 1e6 / max(1, result["rate"] * (seconds + 1))}


def rows(programs, label, measure):
    """One row for each program, its figures beside those of the others in the same turn."""
    results = {program.name: measure(program) for program in programs}
    for program in programs:
        result = results[program.name]
        ratios = [f"{result['rate'] / results[name]['rate']:.2f}" if name in results else "–" for name in ("none", "nginx", "configurable-http-proxy")]
        broken = f"{result['broken']} broken" if result["broken"] else ""
        cost = f"{result['cost']:.0f}" if result["cost"] and program.name != "none" else "–"
        yield (f"| {label} | {program.name} | {result['rate']:,.0f} | {' | '.join(ratios)} | {result['p50']:.2f} | {result['p99']:.2f} | {cost} | {broken} |")
        label = ""


HEAD = ["| load | proxy | per second | to none | to nginx | to configurable-http-proxy | p50, ms | p99, ms | processor µs each | |", "|-|-|-:|-:|-:|-:|-:|-:|-:|-|"]


def warmed(program, seconds, measure):
    measure(program, min(2, seconds))
    return measure(program, seconds)


def over_http(stage, programs, seconds):
    yield from ["## Requests", "", *HEAD]
    for text, size in SIZES.items():
        for connections in (16, 64, 256):
            path = f"/user/ada/bytes/{size}"
            yield from rows(programs, f"{text}, {connections} connections", lambda program: warmed(program, seconds, lambda it, time: wrk(it, time, connections, path)))
    yield ""


def over_websockets(stage, programs, seconds):
    yield from ["## WebSocket messages of 100 bytes, each sent when the one before was answered", "", *HEAD]
    for connections in (16, 64, 256):
        yield from rows(programs, f"{connections} connections", lambda program: websockets(program, seconds, connections))
    yield ""


def api_calls(program, seconds, action, count, target):
    """What one call of the API costs the program: asking for a route, posting one as it is, setting one to another target, or adding one."""
    run = lambda time: wrk(program, time, 4, "", "api.lua", action, TOKEN, str(count), target, port=program.api_port)
    run(min(2, seconds))
    # The lowest of some: whatever else the machine does meanwhile only makes it dearer.
    return min((run(1) for _ in range(seconds)), key=lambda call: call["cost"])


def load_routes(program, target, first, count):
    connection = http.client.HTTPConnection("127.0.0.1", program.api_port, timeout=60)
    for number in range(first, first + count):
        add_route(connection, f"/user/user-{number:06d}", target)
    connection.close()


def with_routes(stage, programs, seconds, count):
    driven = [program for program in programs if program.api_port]
    yield from [f"## With {count:,} routes", ""]
    times = {}
    for program in driven:
        begin = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            share = count // 4
            list(pool.map(lambda part: load_routes(program, stage.target, part * share, share), range(4)))
        times[program.name] = time.perf_counter() - begin
    yield "One after the other over 4 connections, " + ", ".join(f"{name}: {count / taken:,.0f} routes added a second" for name, taken in times.items()) + "."
    yield from ["", *HEAD]
    path = "/bytes/1024"
    yield from rows(driven, "1 KB, 64 connections, one user", lambda program: warmed(program, seconds, lambda it, time: wrk(it, time, 64, f"/user/user-000042{path}")))
    yield from rows(driven, "1 KB, 64 connections, any of 100 users", lambda program: warmed(program, seconds, lambda it, time: wrk(it, time, 64, "/", "spread.lua", "100", path)))
    yield from ["", f"Resident memory with them: {memory(programs[1:])}.", ""]
    yield from api_costs(stage, driven, seconds, count)
    yield ""


API_CALLS = {"ask": "asks for a route", "repeat": "posts one as it is", "change": "changes one", "add": "adds one"}


def api_costs(stage, programs, seconds, count):
    yield from [f"Processor time of one API call in µs, 4 connections, lowest of {seconds} seconds. A route that is posted as it is brings the same body as one that is added, and nothing comes of it in ours:",
                "what adding costs beyond it is the route's own cost, and what it costs beyond asking has the reading of a posted body on top. A change gives a route that is there another target.", ""]
    heads = [*API_CALLS.values(), "adding beyond posting as it is", "adding beyond asking", "changes a second", "added a second"]
    yield from [f"| | {' | '.join(heads)} |", f"|-|{'-:|' * len(heads)}"]
    for program in programs:
        # Asking and repeating come before anything is changed.
        calls = {action: api_calls(program, seconds, action, count, stage.target) for action in API_CALLS}
        cost = {action: call["cost"] for action, call in calls.items()}
        figures = [*cost.values(), cost["add"] - cost["repeat"], cost["add"] - cost["ask"]]
        yield f"| {program.name} | {' | '.join(f'{figure:.1f}' for figure in figures)} | {calls['change']['rate']:,.0f} | {calls['add']['rate']:,.0f} |"


def memory(programs):
    return ", ".join(f"{program.name} {program.memory():,.0f} MB" for program in programs)


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown processor")
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    version = subprocess.run(["nginx", "-v"], capture_output=True, text=True).stderr.strip().removeprefix("nginx version: ")
    original = subprocess.run(["configurable-http-proxy", "--version"], capture_output=True, text=True, env={**os.environ, **ENVIRONMENT}).stdout.strip()
    runtime = subprocess.run(["dotnet", "--version"], capture_output=True, text=True).stdout.strip()
    return (f"{os.cpu_count()} processors ({model}), Linux {platform.release()}, load {load} before; {version}, configurable-http-proxy {original}, "
            f"ours in Release on .NET SDK {runtime}. The server and the load run on the same processors.")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--routes", type=int, default=100_000)
    options.add_argument("--only", choices=["http", "websockets", "routes"])
    options.add_argument("--output", default=str(REPOSITORY / "benchmarks/results/proxy.md"))
    chosen = options.parse_args()
    head = f"{time.strftime('%d %B %Y').lstrip('0')}. {machine()}"
    work = pathlib.Path(tempfile.mkdtemp(prefix="hub-proxy-"))
    stage = Stage(work)
    parts = []
    try:
        programs = [stage.server, stage.nginx(), stage.original(), stage.ours()]
        parts += [f"Resident memory after the start: {memory(programs[1:])}.", ""]
        if chosen.only in (None, "http"):
            parts += over_http(stage, programs, chosen.seconds)
        if chosen.only in (None, "websockets"):
            parts += over_websockets(stage, programs, chosen.seconds)
        parts += [f"Resident memory after that: {memory(programs[1:])} (bar for ours: 120 MB).", ""]
        if chosen.only in (None, "routes"):
            parts += with_routes(stage, programs, chosen.seconds, chosen.routes)
    finally:
        stage.stop()
        shutil.rmtree(work, ignore_errors=True)
    text = "\n".join([
        "# Proxies in front of one server", "", f"{head} Each row {chosen.seconds} s after two of warming, one proxy at a time.", "",
        "```", ("benchmarks/proxy/bench.sh " + " ".join(sys.argv[1:])).rstrip(), "```", "", *parts])
    pathlib.Path(chosen.output).write_text(text.rstrip() + "\n")
    print(text)


if __name__ == "__main__":
    main()
