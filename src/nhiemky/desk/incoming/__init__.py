"""Files whose reading takes long: kept in the workspace, read one after another by a process of its own.

`jobs` keeps them and starts that process, `run` is it, `entering` ends it, `shown` says how far it is.
"""
