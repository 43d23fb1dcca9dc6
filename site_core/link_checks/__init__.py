"""Links to other sites that rot: they are checked in the background, and editors decide what to do about them."""
