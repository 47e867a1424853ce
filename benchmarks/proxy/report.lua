-- Prints one line that bench.py reads.
function done(summary, latency)
    local errors = summary.errors
    io.write(string.format('RESULT {"rate": %.1f, "p50": %.3f, "p99": %.3f, "broken": %d}\n',
        summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
