-- Calls the routes API; arguments: what to do (ask, change, add), token, how many routes there are to choose from.
local action, token, count, number, run

function init(arguments)
    action, token, count, number, run = arguments[1], arguments[2], tonumber(arguments[3]), 0, os.time()
end

function request()
    number = number + 1
    -- A route that is added is one that no earlier call has added.
    local user = action == "add" and string.format("added-%d-%d", run, number) or string.format("user-%06d", number % count)
    local body = action ~= "ask" and string.format('{"target": "http://127.0.0.1:%d", "user": "ada", "jupyterhub": true}', 10000 + number % 50000) or nil
    return wrk.format(body and "POST" or "GET", "/api/routes/user/" .. user, { Authorization = "token " .. token }, body)
end

dofile(os.getenv("BENCH_REPORT"))
