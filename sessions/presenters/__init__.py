"""What pages of the sessions floor are made of: plain values out of the record, worked out before the template."""
