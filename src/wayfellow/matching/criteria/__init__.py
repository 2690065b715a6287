"""What a pair is worth: people's attributes as scores of 0 to 10,000, and the rules that forbid a pair."""
