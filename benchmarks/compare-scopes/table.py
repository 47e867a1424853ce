"""Prints one Markdown table from the figures of both sides."""
import json
import sys

ROWS = {
    "expand_admin_cold": ("expand the admin role, nothing cached", "expand_admin"),
    "expand_admin_cached": ("the same, the original from its cache, ours still without one", "expand_admin"),
    "intersect_admin_own_cold": ("intersect the admin role with one's own scopes, nothing cached", "intersect_admin_own"),
    "intersect_50_50_cold": ("intersect 50 scopes with 50, nothing cached", "intersect_50_50"),
    "limited_token_cold": ("what a limited token may do, nothing cached", "limited_token"),
    "limited_token_cached": ("the same, the original from its caches, ours still without one", "limited_token"),
    "decide_user": ("decide by one of 1,000 users, the original from its cache", "decide_user"),
    "decide_group_loaded": ("decide by a group, user in 100 groups, all loaded in the original", "decide_group"),
    "decide_group_request": ("the same in a request of its own, as the original meets it", "decide_group"),
}

original, ours = (json.load(open(path)) for path in sys.argv[1:3])
print(f"| operation | JupyterHub {original['version']}, µs | ours, µs | ratio |")
print("|-|-:|-:|-:|")
for name, (text, other) in ROWS.items():
    theirs, mine = original["microseconds"][name], ours["microseconds"][other]
    print(f"| {text} | {theirs:,.2f} | {mine:,.4f} | {theirs / mine:,.0f}x |")
