"""What a world is: data, declarations and arithmetic, without behaviour."""
