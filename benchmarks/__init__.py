"""How fast, how exact, how large? Each file answers one question; ``python -m benchmarks`` all."""
