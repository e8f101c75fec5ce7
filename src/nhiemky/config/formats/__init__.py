"""How dates and numbers are written and read in forms: dd/mm/yyyy and 1.234.567,8 (Django's own `vi` differs)."""
