"""The sample homes of `carepass demo`: invented people, built by the services that everybody uses."""
