"""From any data to an image: columns gathered, a schema built, all of it written."""
