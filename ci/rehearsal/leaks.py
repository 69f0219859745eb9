#!/usr/bin/env python3
"""Tells which of the files under the given directories hold a secret, plain or inside base64. Exits 1 where one does.

    leaks.py DIRECTORY... <secrets    one secret a line
"""
import base64
import pathlib
import sys


def spellings(secret):
    """The secret, and what base64 makes of it wherever it begins in the text that is encoded: at one of three places."""
    yield secret
    for before in range(3):
        text = base64.b64encode(b"x" * before + secret).rstrip(b"=")
        whole = len(secret) + before
        # The first and the last character carry bits of the neighbours.
        core = text[-(-before * 8 // 6):whole * 8 // 6]
        yield core
        yield core.translate(bytes.maketrans(b"+/", b"-_"))


def holds(content, patterns):
    joined = content.replace(b"\n", b"")  # base64 may be broken into lines
    return any(pattern in content or pattern in joined for pattern in patterns)


def main():
    secrets = [line.strip().encode() for line in sys.stdin if line.strip()]
    if not secrets or any(len(secret) < 12 for secret in secrets):
        sys.exit("leaks: give secrets of 12 characters at least, one a line")
    patterns = {spelling for secret in secrets for spelling in spellings(secret)}
    files = [file for directory in sys.argv[1:] for file in pathlib.Path(directory).rglob("*") if file.is_file()]
    leaking = [file for file in files if holds(file.read_bytes(), patterns)]
    for file in leaking:
        print(f"leaks: {file} holds a secret")
    print(f"leaks: {len(files)} files read, {len(secrets)} secrets, {len(leaking)} files hold one")
    sys.exit(1 if leaking or not files else 0)


if __name__ == "__main__":
    main()
