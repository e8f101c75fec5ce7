"""Speed and accuracy as figures: every module here runs with `python -m benchmarks.NAME`, `--quick`, `--json`."""
