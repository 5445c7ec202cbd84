"""Addresses of the pages of things, which a list asks for by the hundred."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=16384)
def address_of(name: str, *keys: int) -> str:
    return reverse(name, args=keys)
