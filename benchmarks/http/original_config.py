"""Debian's JupyterHub for measuring: nobody signs in, nothing is started, and no proxy stands in front of the hub's own port."""
import os

from jupyterhub.proxy import Proxy


class NoProxy(Proxy):
    """Remembers routes and forwards nothing."""

    should_start = False

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.routes = {}

    async def add_route(self, routespec, target, data):
        self.routes[routespec] = {"routespec": routespec, "target": target, "data": data}

    async def delete_route(self, routespec):
        self.routes.pop(routespec, None)

    async def get_all_routes(self):
        return self.routes


port = int(os.environ["BENCH_PORT"])
c = get_config()  # noqa: F821
c.JupyterHub.proxy_class = NoProxy
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.hub_ip = "127.0.0.1"
c.JupyterHub.hub_port = port
c.JupyterHub.bind_url = f"http://127.0.0.1:{port + 1000}"
c.JupyterHub.db_url = "sqlite:///jupyterhub.sqlite"
c.JupyterHub.log_level = "WARN"
# The one that our host makes, so that both list the same users.
c.Authenticator.admin_users = {"admin"}
