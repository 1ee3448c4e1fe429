# semd-bench: latency and throughput beside a plain echo server.
