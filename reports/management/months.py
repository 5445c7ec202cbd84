"""A month on the command line."""

import argparse
import datetime


def month_of(text):
    try:
        year, month = text.split("-")
        return datetime.date(int(year), int(month), 1)
    except ValueError:
        raise argparse.ArgumentTypeError("月份写作2015-10。") from None
