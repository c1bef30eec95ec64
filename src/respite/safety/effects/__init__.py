"""What a plan may do on the day: dissociation, nausea, pressure and the like.

One file each for sessions, the levels that drive effects, the drawn model, scope and answer.
"""
