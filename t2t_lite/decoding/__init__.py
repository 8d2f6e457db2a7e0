"""From a trained model to text: search, sampling, files."""
