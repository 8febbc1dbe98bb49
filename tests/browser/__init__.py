"""Tests that need a real browser, and what drives one."""
