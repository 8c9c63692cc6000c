"""Pages, words and copies that the bench makes for itself, all written here: nothing of it is anybody's text."""
