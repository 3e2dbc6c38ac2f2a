"""Models that come as packages: the small chat model and the sentence encoder, for use without a network."""
