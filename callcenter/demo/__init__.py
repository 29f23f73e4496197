"""A made-up carmaker to look at: its stations, owners and cars, and a call to begin with.

The maker, its stations and all people are invented; towns and their places are GeoNames' (CC BY).
"""
