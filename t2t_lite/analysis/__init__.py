"""Looking at data, models and runs."""
