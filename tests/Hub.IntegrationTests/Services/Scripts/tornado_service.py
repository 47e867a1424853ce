"""A hub service on Tornado with JupyterHub's own mix-in."""

import os
import secrets
from urllib.parse import urlparse

from jupyterhub.services.auth import HubOAuth, HubOAuthCallbackHandler, HubOAuthenticated
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler, authenticated

HubOAuth.instance(cache_max_age=1)


class IndexHandler(HubOAuthenticated, RequestHandler):
    @authenticated
    def get(self):
        self.write({"name": self.current_user["name"], "served_by": "tornado"})


if __name__ == "__main__":
    prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
    address = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"])
    Application(
        [(prefix, IndexHandler), (prefix + "oauth_callback", HubOAuthCallbackHandler)],
        cookie_secret=secrets.token_bytes(32),
    ).listen(address.port, address.hostname)
    IOLoop.current().start()
