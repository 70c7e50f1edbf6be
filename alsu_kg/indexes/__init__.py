"""Bibliographic indexes: requests and replies as pure pairs, the order of asking, and how answers are combined."""
