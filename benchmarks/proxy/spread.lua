-- Asks for another user's server each time, as many users do; arguments: how many users, the path below each one's.
local users, path, current

function init(arguments)
    users, path = tonumber(arguments[1]), arguments[2]
    math.randomseed(os.time())
end

function request()
    return wrk.format("GET", string.format("/user/user-%06d%s", math.random(0, users - 1), path))
end

dofile(os.getenv("BENCH_REPORT"))
