-- wrk's requests: arguments are the kind, the token, and the number of users that there are.
local count = 0
local thread = 0

function setup(thread_)
   thread = thread + 1
   thread_:set("id", thread)
end

function init(args)
   kind, token, users = args[1], args[2], tonumber(args[3])
   base = args[4] or "/hub/api/user"
   math.randomseed(id)
   headers = { ["Authorization"] = "token " .. token, ["Content-Type"] = "application/json" }

   -- Made beforehand: what wrk spends on a request is taken from the hub, which runs on the same processors.
   prepared = {}
   if kind == "user" then
      for number = 0, users - 1 do
         prepared[number] = wrk.format("GET", string.format("/hub/api/users/user-%06d", number), headers)
      end
   elseif kind == "pages" then
      for number = 0, users - 1 do
         prepared[number] = wrk.format("GET", base .. "&offset=" .. number * 200, headers)
      end
   else
      prepared[0] = wrk.format("GET", base, headers)
      users = math.max(users, 1)
   end
end

function request()
   if kind == "create" then
      count = count + 1
      return wrk.format("POST", string.format("%s-%d-%d", base, id, count), headers, "{}")
   end

   local number = math.random(0, users - 1)
   if kind ~= "activity" then
      return prepared[number]
   end

   count = count + 1
   -- Each report is later than the one before, so that each is news.
   local time = os.date("!%Y-%m-%dT%H:%M:%S", os.time()) .. string.format(".%06dZ", count % 1000000)
   local body = string.format('{"servers": {"": {"last_activity": "%s"}}, "last_activity": "%s"}', time, time)
   return wrk.format("POST", string.format("/hub/api/users/user-%06d/activity", number), headers, body)
end

function done(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format(
      "RESULT {\"rate\": %.1f, \"p50\": %.3f, \"p99\": %.3f, \"requests\": %d, \"refused\": %d, \"broken\": %d}\n",
      summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.requests,
      errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
