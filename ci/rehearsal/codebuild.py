#!/usr/bin/env python3
"""Runs a buildspec as AWS CodeBuild runs it for CodePipeline, as far as ours uses it; what it does not know it refuses.

    codebuild.py --source DIR --buildspec FILE --environment FILE --release DIR --exported FILE

--source       the input artifact, unpacked; it is worked in
--environment  the project's and the action's variables, as JSON
--release      where the output artifact goes; --exported: the exported variables, as JSON

As CodeBuild does it: install, pre_build, build, post_build in this order; a phase ends at its first command that fails,
then its `finally` runs; after a failed build post_build runs all the same unless the phase says ABORT, after a failed
install or pre_build nothing does; the project's variables win over the buildspec's; a failed build has no output artifact.
Stricter than CodeBuild: a command sees what earlier ones exported and the directory they left, no other variable; nothing
of this machine's environment but PATH and HOME; a pattern without a file is an error; values of the parameter store are
not masked in the log; and no file keeps the right to be executed, which CodePipeline does not promise.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

import yaml

PHASES = ["install", "pre_build", "build", "post_build"]
# Whatever way a command ends, what it exported and where it stood is kept for the next one.
COMMAND = """trap 'status=$?; env -0 >"$0/env"; pwd >"$0/directory"; exit $status' EXIT; eval "$1" """


class Invalid(Exception):
    """The buildspec says what cannot be run here."""


def known(place, mapping, *keys):
    unknown = set(mapping) - set(keys)
    if unknown:
        raise Invalid(f"{place} has {', '.join(sorted(unknown))}, which is not rehearsed")


def say(text):
    print(f"[codebuild] {text}", flush=True)


class Build:
    def __init__(self, spec, source, environment):
        known("the buildspec", spec, "version", "env", "phases", "reports", "artifacts", "cache")
        known("phases", spec["phases"], *PHASES)
        if spec["version"] != 0.2:
            raise Invalid("version is not 0.2")
        env = spec.get("env", {})
        known("env", env, "shell", "variables", "parameter-store", "exported-variables")
        if env.get("shell") != "bash":
            raise Invalid("env.shell is not bash: scripts are written for it")
        self.spec, self.source, self.directory = spec, source, source
        self.exported = env.get("exported-variables", [])
        self.environment = {name: os.environ[name] for name in ("PATH", "HOME")}
        self.environment.update({name: str(value) for name, value in env.get("variables", {}).items()})
        self.environment.update(environment)
        self.environment.update(CODEBUILD_CI="true", CODEBUILD_SRC_DIR=str(source))
        for name, parameter in env.get("parameter-store", {}).items():
            self.environment[name] = self.parameter(parameter)

    def parameter(self, name):  # with the plural call, as CodeBuild does
        command = ["aws", "ssm", "get-parameters", "--with-decryption", "--names", name, "--output", "json"]
        answer = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=True)
        return json.loads(answer.stdout)["Parameters"][0]["Value"]

    def run(self):
        good = True
        for name in PHASES:
            phase = self.spec["phases"].get(name)
            if phase is None:
                continue
            known(name, phase, "commands", "finally", "on-failure")
            if phase.get("on-failure", "ABORT") != "ABORT":
                raise Invalid(f"on-failure of {name} is not ABORT")
            began = time.time()
            passed = self.commands(phase["commands"])
            passed = self.commands(phase.get("finally", [])) and passed
            say(f"Phase {name} {'succeeded' if passed else 'FAILED'} after {time.time() - began:.0f} s")
            good = good and passed
            if not passed and (name != "build" or "on-failure" in phase):
                break
        return good

    def commands(self, commands):
        return all(self.command(command) for command in commands)

    def command(self, command):
        say(f"Running command {command}")
        with tempfile.TemporaryDirectory() as kept:
            done = subprocess.run(["bash", "-c", COMMAND, kept, command], env=self.environment, cwd=self.directory,
                                  stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT)
            pairs = (pathlib.Path(kept) / "env").read_text().split("\0")
            self.environment = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
            self.directory = (pathlib.Path(kept) / "directory").read_text().strip()
        if done.returncode:
            say(f"Command ended with exit status {done.returncode}")
        return done.returncode == 0

    def files(self, patterns):
        for pattern in patterns:
            found = [file for file in self.source.glob(pattern) if file.is_file()]
            if not found:
                raise Invalid(f"no file is {pattern}")
            yield from found

    def report(self, good):
        for name, report in self.spec.get("reports", {}).items():
            known(f"reports.{name}", report, "files", "file-format")
            found = [file for pattern in report["files"] for file in self.source.glob(pattern)]
            if good and not found:
                raise Invalid(f"the report {name} has no file")
            suites = [ElementTree.parse(file).getroot().attrib for file in found]
            bad = sum(int(suite["failures"]) + int(suite["errors"]) for suite in suites)
            say(f"Report {name}: {sum(int(suite['tests']) for suite in suites)} tests, {bad} failed")

    def upload(self, release):
        for file in self.files(self.spec.get("artifacts", {}).get("files", [])):
            target = release / file.relative_to(self.source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)  # without its mode

    def exports(self):
        missing = [name for name in self.exported if name not in self.environment]
        if missing:
            raise Invalid(f"no command exported {', '.join(missing)}")
        return {name: self.environment[name] for name in self.exported}


def main():
    arguments = argparse.ArgumentParser()
    for name in ("source", "buildspec", "environment", "release", "exported"):
        arguments.add_argument(f"--{name}", type=pathlib.Path, required=True)
    given = arguments.parse_args()
    source = given.source.resolve()
    for file in source.rglob("*"):
        if file.is_file() and not file.is_symlink():
            file.chmod(0o644)
    try:
        spec = yaml.safe_load((source / given.buildspec).read_text())
        build = Build(spec, source, json.loads(given.environment.read_text()))
        good = build.run()
        build.report(good)
        if good:
            build.upload(given.release)
            given.exported.write_text(json.dumps(build.exports()))
    except Invalid as invalid:
        say(f"FAILED: {invalid}")
        return 1
    say("Build succeeded" if good else "Build FAILED: no artifact, no variables")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
