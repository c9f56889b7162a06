"""Make video files: frames are encoded as segments, segments are joined, sound is laid beside them."""
