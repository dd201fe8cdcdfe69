"""The OData engine: it knows declared types and the shapes of requests, but no entity."""
