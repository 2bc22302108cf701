"""Where segments lie: names and paths, making and replacing files, owners, waiting."""
