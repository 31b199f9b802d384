"""The process above the workers: starts them, restarts them, replaces them, stops them. It serves nobody and knows of no room."""
