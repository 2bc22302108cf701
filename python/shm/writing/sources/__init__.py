"""Data of any kind as columns that an image can be made of.

`gather` picks the adapter; each adapter adds a source's columns to a `Gathered`, reading
them where they lie.
"""
