"""The Alliance page: what an alliance brings and costs, when it pays back, what it is worth, and what others spend."""
