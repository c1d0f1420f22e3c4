"""Every verb as a tool."""
