"""The Tariffs page: what the duty costs, who pays it, what it does to the margin, and the real rates."""
