"""What any other pair would cost, and what a result becomes when one thing changes."""
