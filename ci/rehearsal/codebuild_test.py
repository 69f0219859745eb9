#!/usr/bin/env python3
"""The runner keeps CodeBuild's rules: what the rehearsal proves is worth as much as these."""
import contextlib
import io
import pathlib
import tempfile
import unittest
import unittest.mock

import codebuild
import yaml

HEAD = "version: 0.2\nenv: {shell: bash}\nphases:\n"


class Rules(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.source = pathlib.Path(made.name)

    def build(self, text, **environment):
        with contextlib.redirect_stdout(io.StringIO()):
            self.made = codebuild.Build(yaml.safe_load(text), self.source, environment)
            return self.made.run()

    def steps(self):
        file = self.source / "steps"
        return file.read_text().split() if file.exists() else []

    def test_post_build_runs_after_a_failed_build(self):
        self.assertFalse(self.build(HEAD + """
  build: {commands: ["false", "echo unreached >>steps"]}
  post_build: {commands: ["echo pushed >>steps"]}"""))
        self.assertEqual(["pushed"], self.steps())

    def test_abort_keeps_post_build_from_running(self):
        self.assertFalse(self.build(HEAD + """
  build: {on-failure: ABORT, commands: ["false"]}
  post_build: {commands: ["echo pushed >>steps"]}"""))
        self.assertEqual([], self.steps())

    def test_nothing_runs_after_a_failed_pre_build_but_its_finally(self):
        self.assertFalse(self.build(HEAD + """
  pre_build: {commands: ["exit 3"], finally: ["echo finally >>steps"]}
  build: {commands: ["echo built >>steps"]}
  post_build: {commands: ["echo pushed >>steps"]}"""))
        self.assertEqual(["finally"], self.steps())

    def test_a_command_keeps_exports_and_directory_of_earlier_ones_and_no_other_variable(self):
        self.assertTrue(self.build(HEAD + """
  build:
    commands:
      - mkdir d && cd d && export KEPT=yes && LOST=no
      - test "$KEPT-${LOST:-}" = yes- && test "${PWD##*/}" = d"""))

    def test_an_exit_status_inside_a_pipeline_of_commands_counts(self):
        self.assertFalse(self.build(HEAD + """
  build: {commands: ["bash -c 'set -euo pipefail; false | true'"]}"""))

    def test_the_project_wins_over_the_buildspec(self):
        self.assertTrue(self.build("""
version: 0.2
env: {shell: bash, variables: {WHO: buildspec, OTHER: buildspec}}
phases: {build: {commands: ['test "$WHO $OTHER" = "project buildspec"']}}""", WHO="project"))

    def test_this_machines_environment_is_not_seen(self):
        with unittest.mock.patch.dict("os.environ", {"LAPTOP": "yes"}):
            self.assertTrue(self.build(HEAD + """
  build: {commands: ['test -z "${LAPTOP:-}"']}"""))

    def test_exported_variables_must_have_been_exported(self):
        text = """
version: 0.2
env: {shell: bash, exported-variables: [IMAGE]}
phases: {build: {commands: ["%s"]}}"""
        self.build(text % "export IMAGE=a")
        self.assertEqual({"IMAGE": "a"}, self.made.exports())
        self.build(text % "IMAGE=a")
        self.assertRaises(codebuild.Invalid, self.made.exports)

    def test_artifacts_lose_the_right_to_be_executed_and_must_exist(self):
        self.build("""
version: 0.2
env: {shell: bash}
phases: {build: {commands: ["mkdir -p ci/lib && echo x | tee ci/a ci/lib/b && chmod +x ci/a"]}}
artifacts: {files: ["ci/**/*"]}""")
        with tempfile.TemporaryDirectory() as release:
            self.made.upload(pathlib.Path(release))
            self.assertEqual({"a", "b"}, {file.name for file in pathlib.Path(release).rglob("*") if file.is_file()})
            self.assertFalse((pathlib.Path(release) / "ci/a").stat().st_mode & 0o111)
        self.made.spec["artifacts"]["files"].append("absent/*")
        with tempfile.TemporaryDirectory() as release:
            self.assertRaises(codebuild.Invalid, self.made.upload, pathlib.Path(release))

    def test_what_is_not_known_is_refused(self):
        for text in (HEAD + "  build: {commands: [], run-as: nobody}", HEAD + "  build: {commands: [], on-failure: CONTINUE}",
                     HEAD + "  deploy: {commands: []}", "version: 0.1\nenv: {shell: bash}\nphases: {}",
                     "version: 0.2\nphases: {}", HEAD.replace("}", ", secrets-manager: {}}") + "  build: {commands: []}"):
            with self.subTest(text):
                self.assertRaises(codebuild.Invalid, self.build, text)


if __name__ == "__main__":
    unittest.main()
