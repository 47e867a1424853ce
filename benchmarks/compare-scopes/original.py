"""Times the scope functions of the installed JupyterHub; prints {"version": …, "microseconds": {operation: figure}}."""
import functools
import gc
import json
import logging
import statistics
import sys
import time

import jupyterhub
from jupyterhub import orm, scopes
from jupyterhub._memoize import LRUCache

logging.disable(logging.CRITICAL)
with open(sys.argv[1]) as file:
    workload = json.load(file)

CACHES = [found for found in gc.get_objects() if isinstance(found, LRUCache)]
WRAPPED = [found for found in vars(scopes).values() if isinstance(found, functools._lru_cache_wrapper)]


def forget():
    """Empties every cache of the scope functions: what a first call finds."""
    for cache in CACHES:
        cache._cache.clear()
    for function in WRAPPED:
        function.cache_clear()


def median(operation, prepare=None, rounds=9, calls=40):
    """Median over rounds of the mean of a call, in microseconds; what prepares a call is not counted."""
    operation()
    figures = []
    for _ in range(rounds):
        spent = 0
        for _ in range(calls):
            if prepare:
                prepare()
            begin = time.perf_counter_ns()
            operation()
            spent += time.perf_counter_ns() - begin
        figures.append(spent / calls / 1000)
    return statistics.median(figures)


def populate():
    """One user in many groups among others, in the original's own database."""
    db = orm.new_session_factory("sqlite:///:memory:")()
    groups = [orm.Group(name=f"course-{number:03}") for number in range(workload["groups"])]
    user = orm.User(name=workload["user"])
    user.groups = groups[: workload["groups_of_user"]]
    db.add_all([*groups, user, *(orm.User(name=f"student-{number}") for number in range(1000))])
    db.commit()
    return db, user


db, user = populate()
expand = lambda raw: frozenset(scopes.expand_scopes(raw))
admin, own, first, second = (expand(workload[name]) for name in ("admin", "own", "first", "second"))
parsed = {name: scopes.parse_scopes(expand(workload[name]))[workload["scope"]] for name in ("by_user", "by_group")}


def limited_token():
    """The steps that a token's scopes take once its owner's are known."""
    raw = set(scopes.expand_scopes(set(workload["token"]), owner=user))
    raw.update(scopes.identify_scopes(user))
    return scopes._intersect_expanded_scopes(scopes.reduce_scopes(raw), own, db)


def by_group():
    return scopes.check_scope_filter(parsed["by_group"], user, "user")


assert by_group() and scopes.check_scope_filter(parsed["by_user"], user, "user")
assert len(first) == len(second) == 50, (len(first), len(second))
figures = {
    "expand_admin_cold": median(lambda: scopes.expand_scopes(workload["admin"]), forget),
    "expand_admin_cached": median(lambda: scopes.expand_scopes(workload["admin"]), calls=2000),
    "intersect_admin_own_cold": median(lambda: scopes._intersect_expanded_scopes(admin, own, db), forget),
    "intersect_50_50_cold": median(lambda: scopes._intersect_expanded_scopes(first, second, db), forget),
    "limited_token_cold": median(limited_token, forget),
    "limited_token_cached": median(limited_token),
    "decide_user": median(lambda: scopes.check_scope_filter(parsed["by_user"], user, "user"), calls=2000),
    "decide_group_loaded": median(by_group, calls=500),
    "decide_group_request": median(by_group, db.expire_all),
}
json.dump({"version": jupyterhub.__version__, "microseconds": figures}, sys.stdout)
