"""How registered models are read from MLflow; mlflow.py is the way in."""
