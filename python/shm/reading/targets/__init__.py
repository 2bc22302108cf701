"""Images as data frames of each library."""
