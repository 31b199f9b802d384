"""`make bench`: what a delivery costs here, beside python-socketio, Node's socket.io and the limit. docs/performance.md explains it."""
