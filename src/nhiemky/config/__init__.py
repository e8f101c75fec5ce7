"""Settings, addresses and the server's entry: puts the rooms together, holds no logic of the domain."""
