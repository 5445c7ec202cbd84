"""Password hashing with a cost an office server can bear at month's end."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class CountyArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two rounds, one lane: the OWASP minimum, about 0.05 s a check."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
