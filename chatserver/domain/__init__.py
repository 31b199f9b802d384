"""What a room is and what may happen in it: pure values and functions, standard library only."""
