"""The outside world: settings are passed in, promises stand in app/services/ports.py."""
