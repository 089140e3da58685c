"""Pure functions on text: dates, addresses, markup, YAML. Imports nothing of ours."""
