"""What is there: segments and files opened, described, read as any frame, and dropped."""
