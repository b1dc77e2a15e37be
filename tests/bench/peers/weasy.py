#!/usr/bin/env python3
"""Prints the letter with WeasyPrint, warm, until the time is over.  weasy.py LETTER.json SECONDS"""
import json
import logging
import sys
import time

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from page import page_of

logging.getLogger("weasyprint").setLevel(logging.ERROR)
page = page_of(json.load(open(sys.argv[1])))
fonts = FontConfiguration()


def print_one():
    return HTML(string=page).write_pdf(font_config=fonts)


for _ in range(2):
    print_one()
count = size = 0
cpu, start = time.process_time(), time.monotonic()
while time.monotonic() - start < float(sys.argv[2]):
    size += len(print_one())
    count += 1
print(json.dumps({"documents": count, "wall_ms": (time.monotonic() - start) * 1000 / count,
                  "cpu_ms": (time.process_time() - cpu) * 1000 / count, "bytes": size / count}))
