"""Ways to spread the jobs of a build over workers."""
