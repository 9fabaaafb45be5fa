"""What a row of each file may hold; a blank cell takes the field's default."""
