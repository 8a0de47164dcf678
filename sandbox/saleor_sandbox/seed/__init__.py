"""A believable wholesaler: goods, prices, taxes, ways of delivery, buyers and staff.

`people` and `catalogue` are plain values, for the demo as well; `loading` writes them.
"""
