"""What the product speaks of. Pure data: nothing here reads, writes or decides what to do."""
