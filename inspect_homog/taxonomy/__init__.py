"""What "different" means, per kind of task."""
