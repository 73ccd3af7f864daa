"""Pure rules: circuit breaker, retry budget, decision, queue order. No I/O, no clock."""
