"""What the commands beside `build` do: start a site, watch it, list and explain, migrate."""
