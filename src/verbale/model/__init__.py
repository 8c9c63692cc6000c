"""The small frozen types that travel between the stages. This package imports nothing else of ours."""
