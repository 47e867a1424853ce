"""A service for tests: answers with its environment, arguments and folder as JSON, whatever is asked for.

STUBBORN=1 ignores the polite signals. CHILD=1 starts a process that outlives it unless somebody cleans up.
"""

import json
import os
import signal
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlparse


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.endswith("/crash"):
            os._exit(3)
        answer = json.dumps(
            {
                "environment": dict(os.environ),
                "arguments": sys.argv,
                "folder": os.getcwd(),
                "pid": os.getpid(),
                "user": os.getuid(),
            }
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


if os.environ.get("STUBBORN"):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.environ.get("CHILD"):
    subprocess.Popen(["sleep", "600"])
url = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"])
print("listening", flush=True)
ThreadingHTTPServer((url.hostname, url.port), Handler).serve_forever()
