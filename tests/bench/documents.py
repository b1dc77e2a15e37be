#!/usr/bin/env python3
"""Prints one letter with refledger and with others, in turns, and tells what a document takes.

   documents.py [--short] [--rounds N] [--bin FOLDER]

Every program is warm and prints one letter after the other in a process of its own; ours is sealed
at level B-B, and each of its letters is another one.  The figures are medians over the rounds: a
busy moment hits all of them.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers")
sys.path.insert(0, HERE)
from page import page_of  # noqa: E402


def key_file(folder):
    """An RSA key of 2048 bits: @signpdf reads no other kind."""
    path = [os.path.join(folder, name) for name in ("key.pem", "certificate.pem", "key.p12")]
    quiet = {"check": True, "stderr": subprocess.DEVNULL}
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", path[0],
                    "-out", path[1], "-subj", "/CN=Bench", "-days", "2"], **quiet)
    subprocess.run(["openssl", "pkcs12", "-export", "-inkey", path[0], "-in", path[1], "-passout",
                    "pass:bench", "-out", path[2]], **quiet)
    return path[2]


def peer(name):
    return os.path.join(HERE, name)


def run(command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def rounds_of(commands, rounds):
    """Each command's figures, taken in turns; the median of each."""
    taken = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(run(command))
    return {name: {key: statistics.median(one[key] for one in all_) for key in all_[0]}
            for name, all_ in taken.items()}


def tell(figures, ours):
    print("| what | CPU ms | times our CPU | documents a second | times our time | bytes |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, one in figures.items():
        print("| %s | %.1f | %.1f | %.1f | %.1f | %s |" % (
            name, one["cpu_ms"], one["cpu_ms"] / figures[ours]["cpu_ms"], 1000 / one["wall_ms"],
            one["wall_ms"] / figures[ours]["wall_ms"], format(round(one["bytes"]), ",")))


def main():
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    options = argparse.ArgumentParser()
    options.add_argument("--short", action="store_true")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--bin", default=os.path.join(root, "build", "tests"))
    given = options.parse_args()
    bench = os.path.join(given.bin, "documents_bench")
    seconds, rounds = ("2", 1) if given.short else ("3", given.rounds)
    with tempfile.TemporaryDirectory() as folder:
        letter, page = os.path.join(folder, "letter.json"), os.path.join(folder, "letter.html")
        with open(letter, "wb") as file:
            file.write(subprocess.run([bench, "letter"], check=True, stdout=subprocess.PIPE).stdout)
        with open(letter) as source, open(page, "w") as file:
            file.write(page_of(json.load(source)))
        ours = "refledger, sealed (ECDSA P-256)"
        tell(rounds_of({
            ours: [bench, "--seconds", seconds],
            "WeasyPrint, unsigned": ["/usr/bin/python3", peer("weasy.py"), letter, seconds],
            "Chromium headless, unsigned": ["node", peer("chromium.mjs"), page, seconds],
            "pdfkit, unsigned": ["node", peer("pdfkit.mjs"), letter, "-", seconds],
            "pdfkit and @signpdf (RSA 2048)": ["node", peer("pdfkit.mjs"), letter, key_file(folder),
                                               seconds],
        }, rounds), ours)
    print()
    pages = rounds_of({str(more): [bench, "--seconds", seconds, "--paragraphs", str(more)]
                       for more in (0, 9, 26, 60)}, rounds)
    print("| pages | CPU ms | CPU ms a page | bytes |\n| --- | --- | --- | --- |")
    for one in pages.values():
        print("| %d | %.1f | %.1f | %s |" % (one["pages"], one["cpu_ms"],
                                            one["cpu_ms"] / one["pages"],
                                            format(round(one["bytes"]), ",")))
    print()
    threads = rounds_of({str(count): [bench, "--seconds", seconds, "--threads", str(count)]
                         for count in (1, 2, 4)}, rounds)
    print("| threads | documents a second | CPU ms |\n| --- | --- | --- |")
    for count, one in threads.items():
        print("| %s | %.0f | %.1f |" % (count, 1000 / one["wall_ms"], one["cpu_ms"]))


main()
