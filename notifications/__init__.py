"""Who is told of which event: catalogue, outbox and delivery."""
