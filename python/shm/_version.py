"""The version of the distribution; CMake and the wheel read it from this line."""

__version__ = "0.1.0"
