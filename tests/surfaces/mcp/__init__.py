"""The MCP server, asked with the official client."""
