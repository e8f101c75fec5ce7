"""The small vocabulary every room shares: kinds, periods and terms, figures as Vietnam writes them."""
