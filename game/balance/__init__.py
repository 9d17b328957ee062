"""Whether it is a good game: the indicators of game.md section 10 and the proofs of the rules, measured headless."""
