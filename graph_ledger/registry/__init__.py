"""Registry: versions of models, their stages and their artifacts."""
