"""Makes the encoder's file from the original model and the labelled posts; for developers."""
