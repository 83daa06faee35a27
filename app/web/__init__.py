"""HTTP: pages for people, JSON for systems; data only through services."""
