-- One request, over and over: CONTENT_TYPE, BODY (a file), KEY. The last line is for machines: answers, other than 2xx, p50 and p99 in ms.
local file = assert(io.open(os.getenv("BODY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = os.getenv("CONTENT_TYPE")
wrk.headers["Authorization"] = "Bearer " .. os.getenv("KEY")

function done(summary, latency)
  local lost = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("answers=%d failed=%d seconds=%.3f p50=%.3f p99=%.3f\n", summary.requests, summary.errors.status + lost,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
