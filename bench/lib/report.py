"""report.py WORK RESULTS: turns the lines that bench/run.sh has gathered in WORK into RESULTS/results.md and results.svg."""
import collections
import pathlib
import statistics
import sys

import plot

WORK, RESULTS = map(pathlib.Path, sys.argv[1:])
TITLES = {
    "root": "`GET /`", "contents": "`GET /contents`; Keycloak: `GET` userinfo",
    "auth": "`POST /auth`; Keycloak: password grant",
    "refresh": "`POST /auth/refresh`; Keycloak: refresh grant",
    "mixed": "Mixed: 95 `/contents`, 4 `/auth/refresh`, 1 `/auth`",
}
NAMES = {
    "ours": "ours", "ours-pg": "ours, PostgreSQL", "ours25": "ours, JDK 25, AOT cache", "ours25-cold": "ours, JDK 25",
    "ours25-first": "ours, JDK 25, AOT cache, first start",
    "vertx": "limit: bare Vert.x", "vertx25": "limit: bare Vert.x, JDK 25", "fastify": "fastify",
    "flask": "Flask, gunicorn", "spring": "Spring Boot", "keycloak": "Keycloak",
    "keycloak-equal": "Keycloak, our Argon2 cost", "keycloak-dev": "Keycloak, first start in development mode",
}
Turn = collections.namedtuple("Turn", "rate cpu p99 p50 bad")


def lines(name):
    path = WORK / name
    return [line.split("\t") for line in path.read_text().splitlines()] if path.exists() else []


facts = dict(line for line in lines("facts") if len(line) == 2)
turns = collections.defaultdict(dict)  # (kind, connections, name) to round to Turn
for number, name, kind, count, *values in lines("figures"):
    turns[kind, int(count), name][int(number)] = Turn(*map(float, values))
memory = collections.defaultdict(list)
for name, when, value in lines("memory"):
    memory[name, when].append(int(value))
starts = collections.defaultdict(list)
for name, value in lines("starts"):
    starts[name].append(int(value))
hashes = collections.defaultdict(lambda: collections.defaultdict(list))  # one of ours, whose, cores to pair to rates
for number, name, whose, cores, rate in lines("hashes"):
    hashes[name, whose, cores][int(number)].append(float(rate))


def raw(name, whose="ours", cores="0"):
    """Pair to Turn: what was hashed a second, the mean of before and after."""
    return {pair: Turn(statistics.mean(rates), 0, 0, 0, 0) for pair, rates in hashes[name, whose, cores].items()}


def median(rounds, field):
    return statistics.median(getattr(turn, field) for turn in rounds.values())


def ratios(one, other):
    return [one[n].rate / other[n].rate for n in one if n in other and other[n].rate]


def ratio(one, other):
    """The median of the ratios of each round; None where one of the two was not measured."""
    both = ratios(one, other)
    return statistics.median(both) if both else None


def broken(kind, count, rounds):
    """A sign-in may be refused where more wait than there are places; anything else must be answered."""
    return any(turn.bad for turn in rounds.values()) and not (kind == "mixed" or kind == "auth" and count > 8)


def refused(kind, count, rounds):
    return f"{sum(turn.bad for turn in rounds.values()):.0f}" + (" **FAILED**" if broken(kind, count, rounds) else "")


def number(value):
    return "–" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(head, rows):
    return [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows), ""]


def work(kind):
    rows = []
    for key in sorted((k for k in turns if k[0] == kind), key=lambda k: (k[1], list(NAMES).index(k[2]))):
        _, count, name = key
        rounds = turns[key]
        rows.append([
            str(count), NAMES[name], number(median(rounds, "rate")),
            number(ratio(rounds, turns.get((kind, count, "ours"), {}))), number(median(rounds, "cpu")),
            number(median(rounds, "p50")), number(median(rounds, "p99")),
            refused(kind, count, rounds)])
    head = ["connections", "subject", "a second", "to ours", "CPU µs each", "p50 ms", "p99 ms", "not 2xx"]
    return [f"## {TITLES[kind]}", "", *table(head, rows)] if rows else []


PLACES = (("auth-both", "0,1", "on both cores, of which one hashes"), ("auth-one", "0", "on one core, which all else shares"))
signing = [name for name in NAMES if ("auth-one", 8, name) in turns]


def beside_hashes():
    """Sign-ins, and what one thread hashes right before and after."""
    rows = []
    for kind, cores, where in PLACES:
        for name in signing:
            rounds, hashed = turns[kind, 8, name], raw(name, cores=cores)
            each = sorted(ratios(rounds, hashed))
            rows.append([
                where, NAMES[name], number(median(rounds, "rate")), number(median(hashed, "rate")), f"{statistics.median(each):.3f}",
                f"{each[len(each) // 4]:.2f} to {each[-1 - len(each) // 4]:.2f}", number(median(rounds, "cpu")),
                number(median(rounds, "p50")), number(median(rounds, "p99")), refused(kind, 8, rounds)])
    head = ["", "subject", "sign-ins a second", "raw hashes", "ratio", "middle half", "CPU µs a sign-in", "p50 ms", "p99 ms", "not 2xx"]
    return ["## `POST /auth` beside raw hashes", "", f"At 8 connections, {len(each)} turns each, raw hashes of one thread right before "
            "and after each; of their ratios the median, and what half of them lie between.", "", *table(head, rows)] if rows else []


def targets():
    """What issue 9 asks for: text, what was measured, whether that is enough."""
    found = []

    def at(kind, name, count=32):
        return turns.get((kind, count, name), {})

    def check(text, value, good):
        if value is not None:
            found.append([text, number(value), "met" if good(value) else "**not met**"])

    for ours, limit in (("ours", "vertx"), ("ours25", "vertx25")):
        contents, label = at("contents", ours), NAMES[ours]
        check(f"`/contents` to bare Vert.x, at least 0.6: {label}", ratio(contents, at("contents", limit)), lambda v: v >= 0.6)
        check(f"`/contents` to `GET /`, at least 0.8: {label}", ratio(contents, at("root", ours)), lambda v: v >= 0.8)
        check(f"`/contents` to fastify, at least 1.5: {label}", ratio(contents, at("contents", "fastify")), lambda v: v >= 1.5)
        check(f"`/contents` to the original's stack, at least 10: {label}", ratio(contents, at("contents", "flask")), lambda v: v >= 10)
        check(f"p99 of `/contents` at 32 connections, under 5 ms: {label}",
              median(contents, "p99") if contents else None, lambda v: v < 5)
    for name in signing:
        for kind, cores, where in PLACES:
            check(f"`/auth` to raw hashes of one thread, {where}, at least 0.95: {NAMES[name]}",
                  ratio(at(kind, name, 8), raw(name, cores=cores)), lambda v: v >= 0.95)
    for name in [name for name in signing if name != "ours-pg"]: # which has the first one's JDK
        check(f"the hash to Bouncy Castle's, at least 1.5: {NAMES[name]}",
              ratio(raw(name), raw(name, "bouncy-castle")), lambda v: v >= 1.5)
    for when, what in (("rest", "memory at rest"), ("own", "memory at rest without what lies in files")):
        for theirs in ("keycloak", "keycloak-dev"):
            for name in [name for name in ("ours", "ours25") if memory[name, when] and memory[theirs, when]]:
                check(f"{what}, at most 0.25: {NAMES[name]} to {NAMES[theirs]}",
                      memory[name, when][0] / memory[theirs, when][0], lambda v: v <= 0.25)
    if starts["ours25"]:
        begun = statistics.median(starts["ours25"])
        check("start in seconds, under 0.8: ours, JDK 25, AOT cache, no container", begun / 1000, lambda v: v < 0.8)
    for ours, theirs in (("ours25", "keycloak"), ("ours25-first", "keycloak-dev")):
        if starts[ours] and starts[theirs]:
            check(f"start, to ours, at least 30: {NAMES[theirs]}; {NAMES[ours]}",
                  statistics.median(starts[theirs]) / statistics.median(starts[ours]), lambda v: v >= 30)
    return ["## What it must reach", "", "Ratios are medians of the rounds' ratios, at 32 connections; `/auth` at 8, "
            "none of which waits so long that ours refuses it.", "", *table(["target", "measured", ""], found)]


def size():
    rows = [[NAMES[name],
             *(number(memory[name, when][0] if memory[name, when] else None) for when in ("rest", "own")),
             number(max(memory[name, "load"], default=None)),
             number(statistics.median(starts[name]) / 1000 if starts[name] else None)]
            for name in NAMES if memory[name, "rest"] or memory[name, "load"] or starts[name]]
    return ["## Memory and start", "", "MiB, proportional set size with children, pinned to one core: at rest after the start, of "
            "that what lies in no file (the kernel can drop the rest and read it again), and the most under any load above. "
            "Start: seconds from the command to the first answer, on all cores, median.", "",
            *table(["subject", "at rest", "in no file", "under load", "start"], rows)]


def storm():
    rows = [[NAMES[name], text.split(": ", 1)[1]] for name, text in lines("storms") if text.startswith("round")]
    return ["## A storm of sign-ins", "", "200 clients sign in at once and again as soon as they are answered; "
            "`/contents` is asked 100 times a second, timed from when each was due (ci/guess-test/Flood.java).", "",
            *table(["subject", ""], rows)] if rows else []


def limits():
    rows = [["HMAC-SHA256 of 400 bytes, `openssl speed`", number(float(facts.get("hmac") or 0))]]
    for name in signing:
        rows.append([f"Argon2id as the service computes it (19 MiB, t = 2, p = 1), beside {NAMES[name]}", number(median(raw(name), "rate"))])
        rows.append([f"the same by Bouncy Castle, beside {NAMES[name]}", number(median(raw(name, "bouncy-castle"), "rate"))])
    return ["## Limits of one core", "", *table(["", "a second"], rows)]


about = [
    "# Results", "",
    f"{facts['date']}, commit {facts['commit']}, by `{facts['command']}`. {facts['machine']}. "
    f"JDK {facts['java']}{' and ' + facts['java25'] if 'java25' in facts else ''}. Load average before "
    f"{facts['load']}, after {facts['load-after']}. Versions: {facts['versions']}", "",
    "Each subject has one core, the load generator the other, but where it says both. Trust ratios and CPU microseconds, not absolute figures: "
    "they are this machine's at that hour. [README.md](README.md) tells how each subject is configured.", "",
    "![GET /contents a second, memory and start of each subject](results.svg)", "",
]
report = about + targets()
for each in TITLES:
    report += work(each) + (beside_hashes() if each == "auth" else [])
report += size() + storm() + limits()
(RESULTS / "results.md").write_text("\n".join(report).rstrip() + "\n")


def bars(pairs):
    return [(NAMES[name], value) for name, value in pairs if value]


(RESULTS / "results.svg").write_text(plot.draw([
    ("GET /contents a second, one core, 32 connections", "{:,.0f}", bars(
        (name, median(turns["contents", 32, name], "rate") if ("contents", 32, name) in turns else 0) for name in NAMES)),
    ("Memory at rest, MiB", "{:,.0f}", bars((name, memory[name, "rest"][0] if memory[name, "rest"] else 0) for name in NAMES)),
    ("Start to first answer, seconds", "{:.2f}", bars(
        (name, statistics.median(starts[name]) / 1000 if starts[name] else 0) for name in NAMES)),
]))
if any(broken(kind, count, rounds) for (kind, count, _), rounds in turns.items()):
    sys.exit("bench: some answers were no 2xx, see FAILED in the report")
