"""Text to ids and back; no TensorFlow in here."""
