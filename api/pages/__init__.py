"""Pages for people: each is rendered from one documented Context and works without script."""
