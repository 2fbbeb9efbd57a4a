"""Log lines: one JSON object each, on standard error, without secrets or local variables."""

import logging
import sys

import structlog


def configure(level: str) -> None:
    """Log from this level (DEBUG, INFO, WARNING, ERROR) on."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # The plain traceback: others print every local variable, whatever it holds.
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
