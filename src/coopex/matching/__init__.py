"""Rules over dependency trees: triggers, typed slots, status cues, and reasons for what did not match."""
