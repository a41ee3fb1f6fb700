"""Several partnerships on one installation: their register, their backups, and the way back from one (T1, R8)."""
