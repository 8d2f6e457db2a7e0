"""Records, shards and batches: from a problem's samples to tensors."""
