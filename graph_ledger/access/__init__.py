"""Access: the keys by which a service knows who asks."""
