-- Calls the routes API; arguments: what to do (ask, repeat, change, add), token, how many routes there are to choose from, their target.
local action, token, count, target, number, run

function init(arguments)
    action, token, count, target, number, run = arguments[1], arguments[2], tonumber(arguments[3]), arguments[4], 0, os.time()
end

function request()
    number = number + 1
    -- A route that is added is one that no earlier call has added; one that is repeated is posted as it is.
    local user = action == "add" and string.format("added-%d-%d", run, number) or string.format("user-%06d", number % count)
    local leads = action == "repeat" and target or string.format("http://127.0.0.1:%d", 10000 + number % 50000)
    local body = action ~= "ask" and string.format('{"target": "%s", "user": "ada", "jupyterhub": true}', leads) or nil
    return wrk.format(body and "POST" or "GET", "/api/routes/user/" .. user, { Authorization = "token " .. token }, body)
end

dofile(os.getenv("BENCH_REPORT"))
