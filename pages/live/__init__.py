"""The model in a browser: its graph as a JavaScript function, and a scenario as one file that needs no server."""
