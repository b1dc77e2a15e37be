#!/usr/bin/env python3
"""Measures the ledger beside the disk, PostgreSQL, Ed25519 and Go's tlog, in turns.

Every round runs each measurement once, in a process of its own, so that a busy moment hits all of
them; what is printed are medians of the rounds, and medians of the ratios within one round.

  tests/bench/ledger.py [--short] [--rounds N] [--large] [--folder DIR]

  --short      one small round
  --large      proofs at 10 million entries too (needs 8 GB of disk and minutes)
  --folder     where the files go: on the disk that is to be measured
"""
import argparse
import glob
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("REFLEDGER_BUILD", ROOT / "build"))
CORES = len(os.sched_getaffinity(0))


class Scene:
    """The programs, and the folder that they work in."""

    def __init__(self, folder):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="refledger-bench-", dir=folder))
        self.bench = BUILD / "tests" / "ledger_bench"
        self.fsck = BUILD / "tests" / "fsck_bench"
        self.go = self.build_go()
        self.postgres = Postgres(self.folder)

    def run(self, what, *words, keep=None):
        folder = keep or pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        try:
            made = subprocess.run([self.bench, what, folder, *map(str, words)], check=True,
                                  capture_output=True, text=True)
            return json.loads(made.stdout)
        finally:
            if keep is None:
                shutil.rmtree(folder)

    def build_go(self):
        if shutil.which("go") is None:
            return None
        made = self.folder / "tlog"
        environment = dict(os.environ, GO111MODULE="off", GOPATH="/usr/share/gocode",
                           GOCACHE=str(self.folder / "go-cache"))
        subprocess.run(["go", "build", "-o", made, str(ROOT / "tests/bench/tlog/main.go")],
                       check=True, env=environment)
        return made

    def tlog(self, size, count):
        made = subprocess.run([self.go, str(size), str(count)], check=True, capture_output=True,
                              text=True)
        return json.loads(made.stdout)

    def close(self):
        self.postgres.close()
        shutil.rmtree(self.folder)


class Postgres:
    """A server of its own on the same disk, with Debian's settings: every commit is synced."""

    def __init__(self, folder):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        self.programs = pathlib.Path(programs[-1]) if programs else None
        if self.programs is None:
            return
        self.folder = folder / "postgres"
        self.folder.mkdir()
        folder.chmod(0o755)
        self.as_owner = []
        if os.geteuid() == 0:  # the server refuses to be run by root
            shutil.chown(self.folder, "postgres")
            self.as_owner = ["runuser", "-u", "postgres", "--"]
        self.call("initdb", "-D", self.folder / "data", "-A", "trust")
        self.call("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o",
                  f"-k {self.folder} -c listen_addresses= -c max_connections=100", "start")
        self.ask("create table entry (at bigserial primary key, jws text not null)")
        self.one = self.script("one.sql", "insert into entry (jws) values (repeat('x', 540));")
        self.many = self.script("many.sql", "insert into entry (jws) select repeat('x', 540) "
                                            "from generate_series(1, 1000);")

    def call(self, program, *words):
        return subprocess.run([*self.as_owner, self.programs / program, *map(str, words)],
                              check=True, cwd="/", capture_output=True, text=True).stdout

    def ask(self, statement):
        self.call("psql", "-h", self.folder, "-d", "postgres", "-c", statement)

    def script(self, name, text):
        made = self.folder / name
        made.write_text(text)
        made.chmod(0o644)
        return made

    def rate(self, script, clients, seconds):
        if self.programs is None:
            return None
        said = self.call("pgbench", "-n", "-h", self.folder, "-d", "postgres", "-f", script, "-c",
                         clients, "-j", min(clients, CORES), "-T", seconds)
        line = next(each for each in said.splitlines() if each.startswith("tps"))
        self.ask("truncate entry")
        return float(line.split()[2])

    def close(self):
        if self.programs is not None:
            self.call("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")


def one_round(scene, short):
    """Every measurement of appends once: name -> figures."""
    part = 10 if short else 1
    found = {
        "fsync": scene.run("fsync", 4000 // part),
        "callers 1": scene.run("callers", 1, 4000 // part, "believed"),
        "callers 64": scene.run("callers", 64, 60000 // part, "believed"),
        "callers 256": scene.run("callers", 256, 60000 // part, "believed"),
        "pipelined": scene.run("pipelined", 2000, 100000 // part, "believed"),
        "ed25519": scene.run("verify", CORES, 40000 // part),
        "receipts 1": scene.run("receipts", 4000 // part),
        "checked 64": scene.run("callers", 64, 20000 // part, "checked"),
        "checked pipelined": scene.run("pipelined", 2000, 20000 // part, "checked"),
    }
    seconds = 1 if short else 3
    postgres = scene.postgres
    if postgres.programs is not None:
        found["postgres 1"] = {"rate": postgres.rate(postgres.one, 1, seconds)}
        found["postgres 8"] = {"rate": postgres.rate(postgres.one, 8, seconds)}
        found["postgres 64"] = {"rate": postgres.rate(postgres.one, 64, seconds)}
        found["postgres best"] = max((found[f"postgres {n}"] for n in (1, 8, 64)),
                                     key=lambda figures: figures["rate"])
        found["postgres 1000"] = {"rate": 1000 * postgres.rate(postgres.many, 1, seconds)}
    return found


RATIOS = [  # (what, beside what, goal)
    ("callers 1", "fsync", 0.55),
    ("callers 64", "fsync", 6),
    ("callers 64", "postgres best", 5),
    ("callers 256", "fsync", None),
    ("pipelined", "fsync", 20),
    ("pipelined", "postgres 1000", None),
    ("checked 64", "ed25519", 0.85),
    ("checked pipelined", "ed25519", 0.85),
]


def print_appends(rounds):
    print("\n| what | median a second | p50 ms | p99 ms | peak MiB |\n| --- | --- | --- | --- | --- |")
    for name in rounds[0]:
        figures = {key: statistics.median(each[name][key] for each in rounds)
                   for key in rounds[0][name]}
        waits = [f"{figures[key]:.2f}" if key in figures else "" for key in ("p50_ms", "p99_ms")]
        peak = f"{figures['peak_kib'] / 1024:.0f}" if "peak_kib" in figures else ""
        print(f"| {name} | {figures['rate']:,.0f} | {waits[0]} | {waits[1]} | {peak} |")
    print("\n| ratio | median | goal |\n| --- | --- | --- |")
    for what, beside, goal in RATIOS:
        if beside not in rounds[0]:
            continue
        ratio = statistics.median(each[what]["rate"] / each[beside]["rate"] for each in rounds)
        print(f"| {what} : {beside} | {ratio:.2f} | {goal or ''} |")


def print_proofs(scene, sizes, rounds, count):
    print("\n| entries | proofs a second | Go's tlog | ratio | disk : key and value | "
          "bytes a leaf above 1.1 times | peak MiB of appending |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        folder = pathlib.Path(tempfile.mkdtemp(dir=scene.folder))
        grown = scene.run("grow", size, keep=folder)
        pairs = []
        for _ in range(rounds):
            ours = scene.run("proofs", count, keep=folder)["rate"]
            pairs.append((ours, scene.tlog(size, count)["rate"] if scene.go else 0))
        ours = statistics.median(each[0] for each in pairs)
        go = statistics.median(each[1] for each in pairs)
        ratio = statistics.median(a / b for a, b in pairs) if scene.go else 0
        disk = grown["disk_bytes"] / grown["key_value_bytes"]
        above = (grown["disk_bytes"] - 1.1 * grown["key_value_bytes"]) / size
        print(f"| {size:,} | {ours:,.0f} | {go:,.0f} | {ratio:.2f} | {disk:.2f} | {above:.0f} | "
              f"{grown['peak_kib'] / 1024:.0f} |")
        shutil.rmtree(folder)


FSCK_RATIOS = [  # (what, beside what, goal)
    ("tree_1", "hash_limit", 0.55),
    ("tree_2", "tree_1", 1.6),
    ("full_1", "ed25519_limit", 0.85),
    ("full_2", "full_1", None),
]


def print_fsck(scene, sizes, rounds):
    titles = " | ".join(f"{what} : {beside} ({goal})" if goal else f"{what} : {beside}"
                        for what, beside, goal in FSCK_RATIOS)
    print(f"\n| fsck of | hashes a second | signatures a second | {titles} | peak MiB (64) |\n|"
          + " --- |" * (len(FSCK_RATIOS) + 4))
    for size in sizes:
        folder = pathlib.Path(tempfile.mkdtemp(dir=scene.folder))
        subprocess.run([scene.fsck, "make", folder, str(size)], check=True)
        found = []
        for _ in range(rounds):
            made = subprocess.run([scene.fsck, "check", folder], check=True, capture_output=True,
                                  text=True)
            found.append(json.loads(made.stdout))
        ratios = [statistics.median(each[what] / each[beside] for each in found)
                  for what, beside, _ in FSCK_RATIOS]
        median = {name: statistics.median(each[name] for each in found) for name in found[0]}
        print(f"| {size:,} | {median['tree_1']:,.0f} | {median['full_1']:,.0f} | "
              + " | ".join(f"{ratio:.2f}" for ratio in ratios)
              + f" | {median['peak_mib']:.0f} |")
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", default=tempfile.gettempdir())
    asked = parser.parse_args()
    rounds = 1 if asked.short else asked.rounds
    scene = Scene(asked.folder)
    try:
        print_appends([one_round(scene, asked.short) for _ in range(rounds)])
        sys.stdout.flush()
        sizes = [10_000] if asked.short else [10_000, 1_000_000]
        print_proofs(scene, sizes + ([10_000_000] if asked.large else []), rounds,
                     20_000 if asked.short else 200_000)
        sys.stdout.flush()
        print_fsck(scene, [20_000] if asked.short else [20_000, 1_000_000], min(rounds, 3))
    finally:
        scene.close()


if __name__ == "__main__":
    main()
