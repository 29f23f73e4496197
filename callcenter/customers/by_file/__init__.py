"""Owners, their cars and their visits by file: read, told what each row would do, applied."""
