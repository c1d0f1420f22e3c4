"""What users hold of model versions: stages, metrics, versions, moves, comparisons."""
