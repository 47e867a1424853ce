"""A hub service on FastAPI that knows nothing but OAuth2 (RFC 6749, with PKCE, RFC 7636) and one call: who is this?"""

import base64
import hashlib
import json
import os
import secrets
from urllib.parse import urlencode, urlparse

import requests
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse

prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
api = os.environ["JUPYTERHUB_API_URL"]
client_id = os.environ["JUPYTERHUB_CLIENT_ID"]
client_secret = os.environ["JUPYTERHUB_API_TOKEN"]
callback = os.environ["JUPYTERHUB_OAUTH_CALLBACK_URL"]
access_scopes = json.loads(os.environ["JUPYTERHUB_OAUTH_ACCESS_SCOPES"])
app = FastAPI()
under_way = {}
sessions = {}


def owner(token):
    answer = requests.get(api + "/user", headers={"Authorization": "Bearer " + token})
    return answer.json() if answer.status_code == 200 else None


def sign_in():
    state, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
    under_way[state] = verifier
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = urlencode(
        {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": callback,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
    )
    answer = RedirectResponse(os.environ["JUPYTERHUB_BASE_URL"] + "hub/api/oauth2/authorize?" + query, status_code=302)
    answer.set_cookie("fastapi-state", state, path=prefix, httponly=True)
    return answer


@app.get(prefix)
def index(request: Request):
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    by_header = scheme.lower() in ("token", "bearer")
    if not by_header:
        token = sessions.get(request.cookies.get("fastapi-session"))
    user = owner(token) if token else None
    if user is None:
        return PlainTextResponse("Unknown token", 403) if by_header else sign_in()
    if not set(access_scopes) & set(user["scopes"]):
        return PlainTextResponse("No access", 403)
    return JSONResponse({"name": user["name"], "served_by": "fastapi"})


@app.get(prefix + "oauth_callback")
def exchange(request: Request, code: str = "", state: str = ""):
    verifier = under_way.pop(state, None)
    if verifier is None or request.cookies.get("fastapi-state") != state:
        return PlainTextResponse("Wrong state", 403)
    answer = requests.post(
        api + "/oauth2/token",
        data={
            "grant_type": "authorization_code",
            "client_id": client_id,
            "client_secret": client_secret,
            "code": code,
            "redirect_uri": callback,
            "code_verifier": verifier,
        },
    )
    if answer.status_code != 200:
        return PlainTextResponse(answer.text, 403)
    session = secrets.token_urlsafe(32)
    sessions[session] = answer.json()["access_token"]
    home = RedirectResponse(prefix, status_code=302)
    home.set_cookie("fastapi-session", session, path=prefix, httponly=True)
    return home


if __name__ == "__main__":
    address = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"])
    uvicorn.run(app, host=address.hostname, port=address.port, log_level="info")
