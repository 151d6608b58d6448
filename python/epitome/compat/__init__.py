"""Interfaces of other packages, with epitome behind them."""
