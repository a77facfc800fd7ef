"""The repeat radar: which earlier complaints are like this one in substance, and where.

Law: SI 2018/748 reg. 6(3), 6(4). It points at what to read; whether one repeats another is for the
authorities to say.
"""
