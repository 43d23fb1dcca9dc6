"""What has to be done from time to time: who does what, when it was last done, and how that went."""
