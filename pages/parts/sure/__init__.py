"""How sure it is: where targets are met, what moves results most, how likely they are."""
