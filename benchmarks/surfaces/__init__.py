"""What the surfaces cost beyond the library's own call."""
