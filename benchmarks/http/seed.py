"""Puts users, their servers' rows and two tokens of the admin `root` into a hub's database, original or ours, while the hub is down.

    seed.py FILE USERS       prints nothing; the tokens are the constants below
"""
import hashlib
import random
import secrets
import sqlite3
import sys
from datetime import datetime, timedelta

MADE = "0123456789abcdef0123456789abcdef"
CONFIGURED = "chosen-by-an-operator-0123456789"


def hashed(token, rounds):
    salt = secrets.token_hex(8)
    digest = hashlib.sha512(salt.encode() + token.encode() * rounds).hexdigest()
    return f"sha512:{rounds}:{salt}:{digest}"


def insert(db, table, row):
    """Leaves out what this version's table lacks."""
    known = {column[1] for column in db.execute(f"PRAGMA table_info({table})")}
    row = {name: value for name, value in row.items() if name in known}
    marks = ", ".join("?" * len(row))
    return db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values())).lastrowid


def stamp(time):
    return time.strftime("%Y-%m-%d %H:%M:%S.%f")


def main(path, count):
    pick = random.Random(1)
    now = datetime.utcnow()
    db = sqlite3.connect(path)
    user_role, admin_role = (db.execute("SELECT id FROM roles WHERE name = ?", [name]).fetchone()[0] for name in ("user", "admin"))
    root = db.execute("SELECT id FROM users WHERE name = 'root'").fetchone()
    root = root[0] if root else insert(db, "users", {"name": "root", "admin": True, "created": stamp(now), "cookie_id": secrets.token_hex(16)})
    db.execute("UPDATE users SET admin = 1 WHERE id = ?", [root])
    for role in (user_role, admin_role):
        if not db.execute("SELECT 1 FROM user_role_map WHERE user_id = ? AND role_id = ?", [root, role]).fetchone():
            insert(db, "user_role_map", {"user_id": root, "role_id": role, "managed_by_auth": False})
    for token, rounds in ((MADE, 1), (CONFIGURED, 16384)):
        insert(db, "api_tokens", {
            "user_id": root, "hashed": hashed(token, rounds), "prefix": token[:4], "client_id": "jupyterhub",
            "created": stamp(now), "note": "benchmark", "scopes": '["inherit"]'})
    for number in range(count):
        seen = stamp(now - timedelta(seconds=pick.randrange(30 * 86400))) if number % 10 else None
        user = insert(db, "users", {
            "name": f"user-{number:06}", "admin": False, "created": stamp(now - timedelta(days=60)), "last_activity": seen,
            "cookie_id": secrets.token_hex(16), "user_info": None})
        insert(db, "user_role_map", {"user_id": user, "role_id": user_role, "managed_by_auth": False})
        insert(db, "spawners", {"user_id": user, "name": "", "last_activity": seen, "state": "{}", "user_options": "{}", "display_name": ""})
    db.commit()
    db.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
