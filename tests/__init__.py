"""What holds this project to its promises."""
