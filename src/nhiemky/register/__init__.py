"""The register: what was promised, what was reported, who decided, kept for a whole term.

Reads are `selectors`, writes are `services` (one verb, one transaction, one event); only this room touches its tables.
"""
