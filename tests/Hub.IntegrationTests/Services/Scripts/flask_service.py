"""A hub service on Flask that lets JupyterHub's own HubOAuth do the talking."""

import os
import secrets
from urllib.parse import urlparse

from flask import Flask, jsonify, redirect, request, session
from jupyterhub.services.auth import HubOAuth

prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
hub = HubOAuth(cache_max_age=1)
app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)
app.config.update(SESSION_COOKIE_NAME="flask-service", SESSION_COOKIE_PATH=prefix)


def requester():
    """Whose token came with the request, in a header or in the cookie; None for nobody."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() not in ("token", "bearer"):
        token = session.get("token")
    return hub.user_for_token(token, use_cache=True) if token else None


@app.get(prefix)
def index():
    user = requester()
    if user is None:
        if "Authorization" in request.headers:
            return "Unknown token", 403
        session["state"] = hub.generate_state(next_url=prefix)
        return redirect(hub.login_url + "&state=" + session["state"])
    if not hub.check_scopes(hub.access_scopes, user):
        return "No access", 403
    return jsonify(name=user["name"], served_by="flask")


@app.get(prefix + "oauth_callback")
def callback():
    state = session.pop("state", None)
    if state is None or request.args.get("state") != state:
        return "Wrong state", 403
    session["token"] = hub.token_for_code(request.args["code"])
    return redirect(hub.get_next_url(state))


if __name__ == "__main__":
    address = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"])
    app.run(host=address.hostname, port=address.port, threaded=True)
