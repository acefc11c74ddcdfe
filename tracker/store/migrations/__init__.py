"""The history of the schema; run by the store itself."""
