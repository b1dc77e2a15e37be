#!/usr/bin/env python3
"""Reads whole made-up companies with the real client and tells what it took, as a table.

   reading.py [--short] [--bin FOLDER]

Each row is one company of its own: the sandbox process, then one reader process.  With real limits
both run on a clock of the same speed, so that nobody waits an hour; seconds are those of that clock.
The limit's own minimum is what the documented or measured limits allow at best: v1 300 requests a
minute of at most 15 a second, v2 30 a second for employments, the first full bucket included.
"""
import argparse
import json
import math
import os
import re
import subprocess

# people, api, limits, speed of the clock
LONG = [
    (10000, "v1", "none", 1), (100000, "v1", "none", 1),
    (10000, "v2", "none", 1), (100000, "v2", "none", 1),
    (10000, "v1", "real", 1), (100000, "v1", "real", 1),
    (10000, "v2", "real", 5), (100000, "v2", "real", 10),
]
SHORT = [(10000, "v1", "none", 1), (2000, "v2", "none", 1), (10000, "v1", "real", 1),
         (2000, "v2", "real", 5)]


def minimum(api, people):
    """Seconds below which the limits let nobody come."""
    if api == "v2":
        return (people - 30) / 30
    pages = math.ceil(people / 100)
    minutes, rest = divmod(pages - 1, 300)
    return minutes * 60 + rest // 15


def measure(folder, people, api, limits, speed):
    sandbox = subprocess.Popen(
        [os.path.join(folder, "personio-sandbox"), "--port", "0", "--people", str(people),
         "--limits", limits, "--speed", str(speed)], stdout=subprocess.PIPE, text=True)
    try:
        for line in sandbox.stdout:
            found = re.match(r"people\s+(http://\S+)/control/people", line)
            if found:
                break
        command = [os.path.join(folder, "hr_reader"), found.group(1), api, "--speed", str(speed)]
        if limits == "real":
            command += ["--limits", "documented"]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        with open(f"/proc/{sandbox.pid}/status", encoding="ascii") as status:
            told["sandbox_kib"] = int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1))
        return told
    finally:
        sandbox.kill()
        sandbox.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--bin", default="build/bin")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("| people | API | limits | requests | seconds | the limit's minimum | above it "
          "| client's memory above idle | client's CPU |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for people, api, limits, speed in SHORT if options.short else LONG:
        told = measure(options.bin, people, api, limits, speed)
        assert told["people"] == people and told["unusable"] == 0, told
        least = minimum(api, people) if limits == "real" else 0
        above = f"{100 * (told['seconds'] / least - 1):.1f} %" if least else ""
        clock = f"real, clock x {speed}" if limits == "real" and speed > 1 else limits
        memory = (told["peak_kib"] - told["idle_kib"]) / 1024
        print(f"| {people:,} | {api} | {clock} | {told['requests']:,} | {told['seconds']:.1f} | "
              f"{f'{least:.0f} s' if least else ''} | {above} | {memory:.1f} MiB | "
              f"{told['cpu']:.1f} s |", flush=True)


if __name__ == "__main__":
    main()
