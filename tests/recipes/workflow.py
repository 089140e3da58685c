"""Runs the steps of a GitHub workflow here: scripts as they are, actions by what they do."""

import os
import re
import shutil
import subprocess
from pathlib import Path


class Runner:
    """One job on a fresh clone each time, with a cache that outlives it, and a host for Pages."""

    def __init__(self, folder: Path, origin: Path, program: Path) -> None:
        self.folder = folder
        self.origin = origin
        self.program = program
        self.cache: dict[str, Path] = {}
        self.host = folder / "host"
        self.runs = 0
        self.failing = ""
        """Id or name of a step that fails."""

    def run(self, job: dict) -> list[str]:
        """Run all steps; return the names of those that failed."""
        self.runs += 1
        work = self.folder / f"work{self.runs}"
        outputs: dict[str, str] = {}
        failed: list[str] = []
        for step in job["steps"]:
            name = step.get("id") or step.get("name") or step["uses"].split("@")[0]
            condition = str(step.get("if", "success()"))
            if failed and condition != "always()":
                continue
            match = re.fullmatch(r"steps\.(\w+)\.outputs\.(\w+) == '(\w*)'", condition)
            if match and outputs.get(f"{match[1]}.{match[2]}", "") != match[3]:
                continue
            try:
                assert name != self.failing, "made to fail"
                if "run" in step:
                    found = self._script(work, step["run"])
                    outputs |= {f"{name}.{key}": value for key, value in found.items()}
                else:
                    self._action(work, step)
            except (AssertionError, subprocess.CalledProcessError):
                failed.append(name)
        return failed

    def _action(self, work: Path, step: dict) -> None:
        action = step["uses"].split("@")[0]
        given = step.get("with", {})
        if action == "actions/checkout":
            _git(self.folder, "clone", "-q", str(self.origin), str(work))
        elif action == "actions/cache/restore":
            for key, kept in reversed(self.cache.items()):
                if key.startswith(given["restore-keys"].strip()):
                    shutil.copytree(kept, work / given["path"])
                    break
        elif action == "actions/cache/save":
            key = given["key"].replace("${{ github.run_id }}", str(self.runs))
            kept = self.folder / f"cache{len(self.cache)}"
            assert key not in self.cache, "keys are written once"
            shutil.copytree(work / given["path"], kept)
            self.cache[key] = kept
        elif action == "actions/deploy-pages":
            shutil.rmtree(self.host, ignore_errors=True)
            shutil.copytree(work / "public", self.host)

    def _script(self, work: Path, script: str) -> dict[str, str]:
        if "pip install" in script:  # the program that is tested is there already
            (work / ".venv/bin").mkdir(parents=True)
            (work / ".venv/bin/feedwright").symlink_to(self.program)
            return {}
        output = self.folder / f"output{self.runs}"
        output.write_text("")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "GITHUB_OUTPUT": str(output),
        }
        subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=work,
            env=environment,
            check=True,
            capture_output=True,
        )
        return dict(line.split("=", 1) for line in output.read_text().splitlines())


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
