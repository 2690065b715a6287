"""Lists of people: what a file says, held against who is here, and put into effect bit by bit."""
