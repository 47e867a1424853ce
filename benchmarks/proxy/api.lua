-- Calls the routes API; arguments: method, token, how many routes there are to choose from.
local method, token, count, number

function init(arguments)
    method, token, count, number = arguments[1], arguments[2], tonumber(arguments[3]), 0
end

function request()
    number = (number + 1) % count
    local body = method == "POST" and string.format('{"target": "http://127.0.0.1:%d", "user": "ada", "jupyterhub": true}', 10000 + number % 50000) or nil
    return wrk.format(method, string.format("/api/routes/user/user-%06d", number), { Authorization = "token " .. token }, body)
end

dofile(os.getenv("BENCH_REPORT"))
