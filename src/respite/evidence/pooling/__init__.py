"""What do trials say together: pooled effects, how much trials differ, and how sure that is."""
