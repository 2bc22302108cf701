"""The original interface: numbers in System V segments that an info file names."""
