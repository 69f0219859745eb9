"""containers.py FIGURES ABOUT: what bench/container.sh measured, as tables: lines of a container, start or rest, a figure."""
import statistics
import sys

NAMES = {"ours": "ours", "ours-first": "ours, first start", "keycloak": "Keycloak",
         "keycloak-dev": "Keycloak, first start in development mode"}
MIB = {"MiB": 1, "GiB": 1024}
starts, rest = {name: [] for name in NAMES}, {}
for line in open(sys.argv[1]):
    name, kind, value = line.rstrip("\n").split("\t")
    if kind == "start":
        starts[name].append(int(value) / 1000)
    else:
        used = value.split()[0]
        rest[name] = float(used[:-3]) * MIB[used[-3:]]
median = {name: statistics.median(each) for name, each in starts.items()}

print(f"# As a container\n\n{sys.argv[2]}\n")
print("| container | start, seconds, median | range | starts | memory at rest, MiB, one reading |\n| --- | --- | --- | --- | --- |")
for name, title in NAMES.items():
    print(f"| {title} | {median[name]:.2f} | {min(starts[name]):.2f} to {max(starts[name]):.2f} | {len(starts[name])} | {rest[name]:.0f} |")
print("\n| target | measured | |\n| --- | --- | --- |")


def verdict(text, value, form, good):
    print(f"| {text} | {value:{form}} | {'met' if good(value) else '**not met**'} |")


verdict("start in seconds, under 0.8: ours", median["ours"], ".2f", lambda v: v < 0.8)
for ours, theirs in (("ours-first", "keycloak-dev"), ("ours", "keycloak")):
    verdict(f"start, to ours, at least 30: {NAMES[theirs]}; {NAMES[ours]}", median[theirs] / median[ours], ".1f", lambda v: v >= 30)
    verdict(f"memory at rest, at most 0.25: {NAMES[ours]}; {NAMES[theirs]}", rest[ours] / rest[theirs], ".3f", lambda v: v <= 0.25)
