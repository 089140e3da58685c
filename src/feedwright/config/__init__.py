"""The configuration: what may stand in `config.yaml`, and how it is read."""
