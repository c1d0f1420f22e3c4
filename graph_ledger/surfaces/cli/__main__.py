"""``python -m graph_ledger.surfaces.cli``: the command line without an installed script."""

from graph_ledger.surfaces.cli.main import main

main()
