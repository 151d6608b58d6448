"""A campaign of faults against the program, a schedule for each seed; `scripts/faults` runs it.

A schedule is one command on a few small documents, with what goes wrong drawn from its seed:
faults of plugins, a process that is killed, a call that fails, a limit, a signal, a second
process, a clock that jumps. Afterwards the same command is run undisturbed. The laws:

* the rows of all other systems are those of a run without the plugins;
* an undisturbed command after a fault ends with the bytes of a run that was never disturbed,
  or refuses in words;
* a failure is told in words, and nothing panics;
* no process of the schedule lives on;
* no command takes longer than its deadlines allow.

Results are a line of JSON for each seed, so that a campaign is resumed by running it again.
"""

import argparse
import collections
import concurrent.futures
import csv
import hashlib
import json
import os
import pathlib
import pty
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time

DOCUMENTS = 8
GRACE = 0.2  # of plugins
OTHERS = ["lead", "tail"]  # systems without a plugin, whose rows must not change
PATIENCE = 60  # seconds beyond the deadlines after which a command has hung
WAITING = ["hang", "half-a-line", "grandchild-and-hang", "ignore-sigterm", "stop", "become-another"]
FINE = ["flood-stderr", "grandchild", "slow", "in-pieces", "windows-line-end", "unknown-field", "litter",
        "remove-folder", "lock-folder", "many-grandchildren"]
CRASHING = ["exit", "segv", "kill", "answer-and-die", "daemon-and-exit", "exit-255", "abort", "term",
            "grandchild-and-segv"]
OTHER_STATUS = {"eat-memory": "out of memory", "error": "error"}
BREAKING = ["flood-stdout", "garbage", "twice", "another-id", "out-of-range", "duplicate", "too-many", "nan",
            "invalid-utf-8", "slow-clock", "never-answer"]
# what a metric may do that a system may do as well
METRIC_DEEDS = ["exit", "segv", "kill", "answer-and-die", "error", "garbage", "twice", "exit-255", "abort", "term",
                "flood-stderr", "grandchild", "slow", "in-pieces", "litter"]
SHIM_DEEDS = ["kill", "after", "torn", "enospc", "eio", "edquot", "full", "short", "eintr"]


def replies(source):
    """The names of the answers that break the protocol, for systems and for metrics."""
    text = source.read_text()
    of_systems, of_metrics = text.split("const TO_METRICS")
    names = re.compile(r'^    \(\s*"([a-z0-9-]+)",', re.M)
    return names.findall(of_systems), names.findall(of_metrics)


def status_of(fault):
    """The status of the row of a document with a fault of a system."""
    if fault in ("", *FINE):
        return "ok"
    if fault in WAITING:
        return "timeout"
    if fault in CRASHING:
        return "crash"
    return OTHER_STATUS.get(fault, "protocol")


def statuses(faults):
    """The statuses of all documents: after three failures in a row the rest is skipped."""
    in_a_row, found = 0, []
    for fault in faults:
        status = "skipped" if in_a_row == 3 else status_of(fault)
        in_a_row = in_a_row if in_a_row == 3 else 0 if status == "ok" else in_a_row + 1
        found.append(status)
    return found


class Stage:
    """Where schedules take place: the programs, and runs that were never disturbed."""

    def __init__(self, arguments):
        self.epitome = arguments.epitome
        self.hostile = arguments.hostile
        self.shim = arguments.shim
        self.timeout = arguments.timeout
        self.work = pathlib.Path(arguments.work).resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        # a program that sees references can be no system of the same run: another file
        self.judge = self.work / "judge"
        self.judge.write_bytes(pathlib.Path(self.hostile).read_bytes() + b"judge")
        self.judge.chmod(0o755)
        self.of_systems, self.of_metrics = replies(pathlib.Path(__file__).parents[2] / "tests/plugins/hostile_replies.rs")
        self.undisturbed, self.lock = {}, threading.Lock()
        self.locks = collections.defaultdict(threading.Lock)

    def reference(self, key, make):
        """What an undisturbed run gave, made once for each key."""
        with self.lock:
            lock = self.locks[key]
        with lock:
            if key not in self.undisturbed:
                self.undisturbed[key] = make()
            return self.undisturbed[key]


class Trial:
    """A schedule in a folder of its own."""

    def __init__(self, stage, name):
        self.stage, self.violations, self.notes = stage, [], []
        self.folder = stage.work / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.folder.chmod(0o777)

    def wrong(self, what, *details):
        self.violations.append(what + "".join(f"\n{str(it)[-1500:]}" for it in details))

    def corpus(self, faults=(), name="c.jsonl"):
        """Documents with faults: for each word a list of them."""
        lines = []
        for at in range(DOCUMENTS):
            commands = "".join(f" {word}:{of_word[at]}." for word, of_word in faults if of_word[at])
            text = f"River {at} rose overnight.\nThe council closed bridge {at}.\nAll is{commands} said.\nShops stayed shut.\n"
            summaries = [f"River {at} rose and a bridge was closed.", "Shops shut."]
            lines.append(json.dumps({"id": f"d{at}", "lang": "en", "text": text, "summaries": summaries}))
        (self.folder / name).write_text("\n".join(lines) + "\n")

    def plugin(self, name, word, role=""):
        program = self.stage.judge if role else self.stage.hostile
        toml = f"""name = "{name}"
run = ["{program}", "{word}"{', "metric"' if role else ''}]
timeout = {self.stage.timeout}
grace = {GRACE}
start-timeout = 30
memory = "48 MiB"
[environment]
TRIAL = "{self.folder}"
"""
        (self.folder / f"{name}.toml").write_text(toml)

    def start(self, words, environment=(), limits=None, user=None, **more):
        variables = {**os.environ, "TMPDIR": str(self.folder / "tmp"), "TRIAL": str(self.folder), **dict(environment)}
        (self.folder / "tmp").mkdir(exist_ok=True)
        (self.folder / "tmp").chmod(0o777)
        return subprocess.Popen([self.stage.epitome, *words], cwd=self.folder, env=variables,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                preexec_fn=limits, user=user, start_new_session=True, **more)

    def wait(self, process, allowed=0.0):
        """The exit code and what was said; a command that hangs is a violation."""
        try:
            out, err = process.communicate(timeout=PATIENCE + allowed)
        except subprocess.TimeoutExpired:
            self.wrong(f"no end within {PATIENCE + allowed:.0f} s", process.args)
            process.kill()
            out, err = process.communicate()
        err = err.decode(errors="replace")
        if "panicked" in err or process.returncode in (-signal.SIGSEGV, -signal.SIGABRT, 101):
            self.wrong(f"it panicked, code {process.returncode}", err)
        return process.returncode, out, err

    def run(self, words, allowed=0.0, **more):
        return self.wait(self.start(words, **more), allowed)

    def again(self, words, codes=(0, 3), allowed=0.0):
        """Runs a command until it ends well; the first undisturbed run must."""
        code, out, err = self.run(words, allowed)
        if code not in codes:
            self.wrong(f"an undisturbed command ends with code {code}", err)
        return out

    def survivors(self):
        """The processes that the schedule started and that are still there."""
        mark, found = f"TRIAL={self.folder}".encode(), []
        for entry in os.scandir("/proc"):
            if entry.name.isdigit():
                try:
                    with open(f"/proc/{entry.name}/environ", "rb") as file:
                        if mark in file.read().split(b"\0"):
                            found.append(int(entry.name))
                except OSError:
                    pass
        return found

    def end(self):
        deadline = time.monotonic() + 5
        while self.survivors() and time.monotonic() < deadline:
            time.sleep(0.05)
        for pid in self.survivors():
            try:
                line = pathlib.Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
                os.kill(pid, signal.SIGKILL)
                self.wrong("a process lives on", line)
            except OSError:
                pass
        left = list((self.folder / "tmp").glob("epitome-plugin-*")) if (self.folder / "tmp").exists() else []
        if not self.violations:
            shutil.rmtree(self.folder, ignore_errors=True)
            if self.folder.exists():
                subprocess.run(["chmod", "-R", "u+rwx", str(self.folder)], check=False)
                shutil.rmtree(self.folder, ignore_errors=True)
        return len(left)


def contents(folder):
    """What a folder holds, without what differs from run to run: the clock and the machine."""
    found = {}
    for path in sorted(folder.rglob("*")):
        below = str(path.relative_to(folder))
        name = path.name
        if ".scores" in below:
            continue  # what is kept there depends on what was asked before
        if path.is_dir() or name in (".lock", "plugin_timings.csv", "timings.csv") or "criterion" in below:
            continue
        if name == "manifest.json":
            manifest = json.loads(path.read_text())
            for key in ("start", "resumed", "end", "argv", "jobs"):
                manifest.pop(key, None)
            data = json.dumps(manifest, sort_keys=True).encode()
        elif name == ".progress":
            data = path.read_bytes().splitlines()[-1]  # marks are made at moments that differ
        else:
            data = path.read_bytes()
        found[below] = hashlib.blake2b(data).hexdigest()
    return found


def differences(found, wanted):
    names = sorted(set(found) | set(wanted))
    return [name for name in names if found.get(name) != wanted.get(name)]


# --- faults of plugins ---


def draw_faults(dice, names, share=3):
    return [dice.choice(names) if dice.randrange(share) == 0 else "" for _ in range(DOCUMENTS)]


def plugins(stage, dice, trial):
    """One to three plugins that are systems and perhaps one that is a metric, each with its faults."""
    deeds = CRASHING + FINE + BREAKING + list(OTHER_STATUS)
    faults, words = [], []
    for name, word in zip(["one", "two", "three"][: dice.choice([1, 1, 2, 2, 3])], ["FAULT", "OTHER", "THIRD"]):
        names = stage.of_systems if dice.randrange(2) else deeds
        of_word = draw_faults(dice, names)
        if dice.randrange(8) == 0:
            of_word[dice.randrange(DOCUMENTS)] = dice.choice(WAITING)
        faults.append((word, of_word))
        trial.plugin(name, word)
        words += ["--plugin", f"{name}.toml"]
    if dice.randrange(3) == 0:
        of_word = draw_faults(dice, stage.of_metrics + METRIC_DEEDS)
        faults.append(("MEASURE", of_word))
        trial.plugin("judge", "MEASURE", "metric")
        words += ["--metric-plugin", "judge.toml"]

    trial.corpus(faults)
    common = ["run", "--corpus", "c.jsonl", "--metric", "rouge-1", "--quiet",
              *[word for it in OTHERS for word in ("--system", it)]]
    waits = sum(it in WAITING for _, of_word in faults for it in of_word)
    allowed = 4 * waits * (stage.timeout + GRACE) + 10
    code, _, err = trial.run([*common, *words, "--tolerance", "1", "--name", "x"], allowed)
    if code not in (0, 3):
        return trial.wrong(f"a run with plugins ends with code {code}", err)
    code, _, err = trial.run([*common, "--name", "clean"])
    if code != 0:
        return trial.wrong(f"a run without plugins ends with code {code}", err)

    rows = lambda name: list(csv.DictReader(open(trial.folder / f"results/{name}/scores.csv")))
    of_others = lambda rows: [row for row in rows if row["system"] in OTHERS and row["metric"] == "rouge-1"]
    ran = rows("x")
    if of_others(ran) != of_others(rows("clean")):
        trial.wrong("the rows of other systems differ")
    for (word, of_word), name in zip(faults, ["one", "two", "three"]):
        if word != "MEASURE":
            found = [row["status"] for row in ran if row["system"] == name and row["metric"] == "rouge-1"]
            if found != statuses(of_word):
                trial.wrong(f"statuses of {name} are {found}, not {statuses(of_word)}, for {of_word}")
    trial.notes = sorted({it for _, of_word in faults for it in of_word if it})


# --- commands that are disturbed ---

RUN = ["run", "--corpus", "c.jsonl", "--metric", "rouge-1", "--metric", "bleu",
       "--system", "lead", "--system", "random", "--system", "human", "--quiet", "--resamples", "50", "--name", "r"]
PLUGINS = {  # faults of plugins in commands that are disturbed: their answers depend on the documents alone
    "run with an honest plugin": [""] * DOCUMENTS,
    "run with a plugin that crashes": ["", "exit", "", "", "segv", "", "kill", ""],
    "run with a plugin that breaks the protocol": ["", "twice", "", "picks-beyond", "", "noise-after", "", "nan"],
    "run with a plugin that answers errors": ["error", "", "error", "", "error", "error", "error", ""],
    "run with a plugin that leaves processes": ["grandchild", "", "daemon-and-exit", "", "many-grandchildren", "", "", "grandchild"],
}


def prepared(stage):
    """The results of a run, for commands that go on with one: the same in every schedule."""
    def make():
        trial = Trial(stage, "prepared")
        trial.corpus()
        trial.again(RUN)
        return trial.folder / "results"
    return stage.reference("prepared", make)


def prepare(trial, command):
    """Makes what a command needs. Returns its words, and the folder that it writes."""
    if command in PLUGINS:
        trial.plugin("one", "FAULT")
        trial.corpus([("FAULT", PLUGINS[command])])
        return [*RUN, "--plugin", "one.toml", "--tolerance", "1"], "results"
    if command == "run with a metric plugin":
        trial.plugin("judge", "MEASURE", "metric")
        trial.corpus([("MEASURE", ["", "exit", "", "measure-nan", "", "", "error", ""])])
        return [*RUN, "--metric-plugin", "judge.toml", "--tolerance", "1"], "results"

    trial.corpus()
    if command == "run":
        return RUN, "results"
    if command in ("run --fresh", "score --run", "report", "compare", "record"):
        shutil.copytree(prepared(trial.stage), trial.folder / "results")
    if command == "run --fresh":
        return [*RUN, "--fresh"], "results"
    if command == "score --run":
        return ["score", "--run", "results/r", "--metric", "rouge-l"], "results"
    if command == "report":
        return ["report", "results/r", "--quiet"], "results"
    if command == "compare":
        return ["compare", "results/r"], "results"
    if command == "record":
        return ["record", "results/r", "--revision", "x"], "history"
    if command == "corpus add":
        return ["corpus", "add", "x", "c.jsonl"], "corpora"
    if command == "aggregate":
        with open(trial.folder / "c.jsonl", "rb") as part:
            rows = subprocess.run([trial.stage.epitome, "worker", "--system", "lead", "--metric", "rouge-1"],
                                  stdin=part, stdout=subprocess.PIPE, check=True, cwd=trial.folder).stdout
        (trial.folder / "part.rows").write_bytes(rows)
        return ["aggregate", "part.rows", "--corpus", "c.jsonl", "--system", "lead", "--metric", "rouge-1",
                "--name", "r", "--quiet"], "results"
    raise ValueError(command)


COMMANDS = ["run", "run --fresh", "score --run", "report", "compare", "record", "corpus add", "aggregate",
            "run with a metric plugin", *PLUGINS]


def contents_of(trial, written):
    folder = trial.folder / written
    return contents(folder) if folder.exists() else {}


def undisturbed(stage, command):
    """What a command writes undisturbed, and how many calls of the shim it makes."""
    def make():
        trial = Trial(stage, f"undisturbed-{hashlib.blake2b(command.encode(), digest_size=4).hexdigest()}")
        words, written = prepare(trial, command)
        log = trial.folder / "calls"
        environment = {"LD_PRELOAD": stage.shim, "FAULT_LOG": str(log)}
        begun = time.monotonic()
        code, _, err = trial.run(words, environment=environment, allowed=30)
        seconds = time.monotonic() - begun
        if code not in (0, 3):
            raise SystemExit(f"{command}: code {code}: {err}")
        found = contents_of(trial, written)
        trial.again(words)  # done is done
        if differences(contents_of(trial, written), found) and command != "record":
            raise SystemExit(f"{command}: twice is not once")
        found = contents_of(trial, written)
        calls = int(log.read_text())
        trial.end()
        return found, calls, seconds
    return stage.reference(command, make)


def finish(trial, words, written, wanted, command):
    """The undisturbed command after a fault: the bytes of one that was never disturbed."""
    code, _, err = trial.run(words, allowed=30)
    if code == 5 and "nothing to do" in err:
        code = 0  # the fault came after its end
    if command == "corpus add" and code != 0 and "--replace" in err:
        code, _, err = trial.run([*words, "--replace"])  # the fault came after its end
    if code not in (0, 3):
        return trial.wrong(f"after a fault `{command}` ends with code {code}", err)
    other = differences(contents_of(trial, written), wanted)
    if other:
        trial.wrong(f"after a fault `{command}` writes other bytes: {other}", err)
    return None


def told(trial, code, err):
    """A failure is told in words."""
    if code > 0 and code != 3 and not re.search(r"(error|interrupted|hint|note|nothing to do)\b", err):
        trial.wrong(f"code {code} without a word", err)


def calls(stage, dice, trial):
    """A call that fails, is cut short, or is the last before the process is killed."""
    command = dice.choice(COMMANDS)
    wanted, count, _ = undisturbed(stage, command)
    words, written = prepare(trial, command)
    deed, at = dice.choice(SHIM_DEEDS), 1 + dice.randrange(count)
    trial.notes = [command, f"{deed} at {at} of {count}"]
    environment = {"LD_PRELOAD": stage.shim, "FAULT_AT": str(at), "FAULT_DO": deed}
    code, _, err = trial.run(words, environment=environment, allowed=30)
    told(trial, code, err)
    if dice.randrange(4) == 0:  # a second fault before it ends
        environment["FAULT_AT"] = str(1 + dice.randrange(count))
        code, _, err = trial.run(words, environment=environment, allowed=30)
        told(trial, code, err)
    finish(trial, words, written, wanted, command)


def moments(stage, dice, trial):
    """Signals at random moments: killed, Ctrl-C once and twice, terminated, the terminal gone."""
    command = dice.choice(COMMANDS)
    wanted, _, seconds = undisturbed(stage, command)
    words, written = prepare(trial, command)
    how = dice.choice([[signal.SIGKILL], [signal.SIGINT], [signal.SIGINT] * 2, [signal.SIGTERM], [signal.SIGHUP],
                       [signal.SIGTERM, signal.SIGKILL], [signal.SIGINT, signal.SIGTERM]])
    trial.notes = [command, " ".join(it.name for it in how)]
    for _ in range(dice.choice([1, 1, 2, 3])):
        process = trial.start(words)
        time.sleep(dice.random() * seconds * 1.2)
        for one in how:
            try:
                process.send_signal(one)
            except ProcessLookupError:
                pass
            time.sleep(dice.random() * 0.02)
        trial.wait(process, 20)
    finish(trial, words, written, wanted, command)


def terminal(stage, dice, trial):
    """A command in a terminal that goes away."""
    command = dice.choice(COMMANDS)
    wanted, _, seconds = undisturbed(stage, command)
    words, written = prepare(trial, command)
    trial.notes = [command, "the terminal goes away"]
    master, slave = pty.openpty()
    process = subprocess.Popen([stage.epitome, *[it for it in words if it != "--quiet"]], cwd=trial.folder,
                               env={**os.environ, "TRIAL": str(trial.folder)}, stdin=slave, stdout=slave,
                               stderr=slave, start_new_session=True)
    os.close(slave)
    time.sleep(dice.random() * seconds * 1.2)
    os.close(master)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        trial.wrong("no end without a terminal")
        process.kill()
        process.wait()
    finish(trial, words, written, wanted, command)


def together(stage, dice, trial):
    """Two processes in one folder, at once or a moment apart; perhaps one is killed."""
    command = dice.choice([it for it in COMMANDS if it not in ("corpus add", "record")])
    wanted, _, seconds = undisturbed(stage, command)
    words, written = prepare(trial, command)
    is_killed = dice.randrange(3) == 0
    trial.notes = [command, "two at once" + (", one killed" if is_killed else "")]
    first = trial.start(words)
    time.sleep(dice.random() * seconds * dice.choice([0, 0.3, 1]))
    second = trial.start(words)
    if is_killed:
        time.sleep(dice.random() * seconds)
        first.kill()
    for process in (first, second):
        code, _, err = trial.wait(process, 40)
        told(trial, code, err)
    finish(trial, words, written, wanted, command)


def limits(stage, dice, trial):
    """Few files, little memory, a small file, few processes."""
    command = dice.choice(COMMANDS)
    wanted, _, _ = undisturbed(stage, command)
    words, written = prepare(trial, command)
    kind = dice.choice(["files", "memory", "size", "processes"])
    if kind == "files":
        most, what = dice.randrange(3, 40), resource.RLIMIT_NOFILE
    elif kind == "memory":
        most, what = dice.randrange(40, 400) << 20, resource.RLIMIT_AS
    elif kind == "size":
        most, what = dice.choice([0, 1, 100, 1000, 5000, 20000]) + dice.randrange(100), resource.RLIMIT_FSIZE
    else:
        most, what = dice.randrange(1, 12), resource.RLIMIT_NPROC
    trial.notes = [command, f"{kind} {most}"]
    user = 20_000 + dice.randrange(10_000) if kind == "processes" and os.getuid() == 0 else None
    if user:
        subprocess.run(["chown", "-R", str(user), str(trial.folder)], check=True)

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        if not user:
            resource.setrlimit(what, (most, most))

    if user:  # the limit holds for who is not root
        line = ["prlimit", f"--nproc={most}", stage.epitome, *words]
        process = subprocess.Popen(["setpriv", "--reuid", str(user), "--clear-groups", *line], cwd=trial.folder,
                                   env={**os.environ, "TRIAL": str(trial.folder)}, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        code, _, err = trial.wait(process, 40)
    else:
        code, _, err = trial.run(words, limits=limit, allowed=40)
    # where memory ends, Rust's allocator ends the process in words of its own
    if trial.violations and kind == "memory" and "memory allocation of" in err:
        trial.violations.clear()
    told(trial, code, err)
    if user:
        subprocess.run(["chown", "-R", "0", str(trial.folder)], check=True)
    finish(trial, words, written, wanted, command)


def clocks(stage, dice, trial):
    """The time of day jumps, once or for good."""
    command = dice.choice(COMMANDS)
    wanted, count, _ = undisturbed(stage, command)
    words, written = prepare(trial, command)
    off = dice.choice([-86_400, 86_400, -3_600, 3_600, -2_000_000_000, 4_000_000_000, 1])
    trial.notes = [command, f"clock {off:+} s"]
    environment = {"LD_PRELOAD": stage.shim, "FAULT_AT": str(dice.randrange(4)), "FAULT_DO": "", "FAULT_CLOCK": str(off)}
    code, _, err = trial.run(words, environment=environment, allowed=30)
    told(trial, code, err)
    if code not in (0, 3):
        trial.wrong(f"a clock that jumps ends `{command}` with code {code}", err)
    finish(trial, words, written, wanted, command)


KINDS = [(plugins, 10), (calls, 10), (moments, 5), (terminal, 1), (together, 3), (limits, 4), (clocks, 1)]


def schedule(stage, seed):
    dice = random.Random(seed)
    kind = dice.choices([it for it, _ in KINDS], [weight for _, weight in KINDS])[0]
    trial = Trial(stage, f"s{seed}")
    begun = time.monotonic()
    try:
        kind(stage, dice, trial)
    except Exception as error:  # a fault of the campaign itself is not to end it
        trial.wrong(f"the campaign failed: {type(error).__name__}: {error}")
    left = trial.end()
    seconds = round(time.monotonic() - begun, 2)
    return {"seed": seed, "kind": kind.__name__, "what": trial.notes, "folders left": left, "seconds": seconds,
            "violations": trial.violations}


def report(lines, program):
    """A table of kinds and one of violations, in Markdown."""
    by_kind = collections.defaultdict(list)
    for line in lines:
        by_kind[line["kind"]].append(line)
    what = {kind.__name__: kind.__doc__.strip().rstrip(".") for kind, _ in KINDS}
    deeds = {it for line in lines if line["kind"] == "plugins" for it in line["what"]}
    pairs = {pair for line in lines if line["kind"] == "plugins"
             for pair in ((a, b) for a in line["what"] for b in line["what"] if a < b)}
    seeds = [line["seed"] for line in lines]
    out = [f"{len(lines):,} schedules, seeds {min(seeds)} to {max(seeds)}; {program}.", "",
           f"Plugins: {len(deeds)} behaviours, {len(pairs):,} pairs of them in one run.", "",
           "| kind | what goes wrong | schedules | violations |", "|---|---|---|---|"]
    for name, of_kind in sorted(by_kind.items()):
        broken = sum(bool(line["violations"]) for line in of_kind)
        out.append(f"| {name} | {what[name]} | {len(of_kind):,} | {broken} |")
    found = collections.Counter(it.split("\n")[0] for line in lines for it in line["violations"])
    if found:
        out += ["", "| violation | schedules |", "|---|---|"]
        out += [f"| {text} | {count} |" for text, count in found.most_common(40)]
    return "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epitome", required=True)
    parser.add_argument("--hostile", required=True)
    parser.add_argument("--shim", required=True)
    parser.add_argument("--work", required=True, help="folder for the schedules")
    parser.add_argument("--log", required=True, help="file of results, a line a seed; seeds in it are not run again")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--schedules", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=4)
    parser.add_argument("--timeout", type=float, default=2.0, help="of plugins, in seconds: more where others use the machine, since "
                        "a plugin that gets no time to do what it is asked is a timeout")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no schedule after so long")
    parser.add_argument("--report", help="file of the report")
    arguments = parser.parse_args()
    for name in ("epitome", "hostile", "shim"):
        setattr(arguments, name, str(pathlib.Path(getattr(arguments, name)).resolve()))

    log = pathlib.Path(arguments.log)
    done = {json.loads(line)["seed"] for line in log.read_text().splitlines()} if log.exists() else set()
    stage = Stage(arguments)
    seeds = [it for it in range(arguments.first, arguments.first + arguments.schedules) if it not in done]
    begun, broken = time.monotonic(), 0

    def work(seed):
        return schedule(stage, seed) if time.monotonic() - begun < arguments.seconds else None

    with open(log, "a") as out, concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for line in pool.map(work, seeds):
            if line is None:
                continue
            out.write(json.dumps(line) + "\n")
            out.flush()
            if line["violations"]:
                broken += 1
                print(f"seed {line['seed']}: {line['kind']}: {line['what']}", *line["violations"], sep="\n  ", flush=True)

    lines = sorted((json.loads(line) for line in log.read_text().splitlines()), key=lambda line: line["seed"])
    version = subprocess.run([arguments.epitome, "--version"], stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    text = report(lines, version)
    print(text)
    if arguments.report:
        pathlib.Path(arguments.report).write_text(text)
    sys.exit(1 if any(line["violations"] for line in lines) else 0)


if __name__ == "__main__":
    main()
