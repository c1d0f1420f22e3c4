"""Tools: every question and every change as one function, described in and out; REST, MCP and the remote client are skins of them."""
