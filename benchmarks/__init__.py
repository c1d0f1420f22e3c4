"""Benchmarks: every number of ``docs/performance.md``, beside what a user would pick instead."""
