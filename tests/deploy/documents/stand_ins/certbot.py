"""Stands in for certbot: the certificate is one that this machine signs itself."""

import os
import subprocess
from argparse import ArgumentParser

from tests.debian import program
from tests.deploy.documents.stand_ins.units import ROOT


def main() -> None:
    parser = ArgumentParser(allow_abbrev=False)
    parser.add_argument("action", choices=["certonly", "reconfigure"])
    parser.add_argument("--standalone", action="store_true")
    parser.add_argument("--webroot", action="store_true")
    parser.add_argument("--webroot-path")
    parser.add_argument("--domain", "--cert-name", dest="domain", required=True)
    parser.add_argument("--deploy-hook")
    given = parser.parse_args()
    folder = ROOT / "etc/letsencrypt/live" / given.domain
    if given.action == "reconfigure":
        assert given.webroot and (folder / "privkey.pem").exists()
        return
    folder.mkdir(parents=True)
    request = [program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "90", "-nodes"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*request, *name, *files], check=True, capture_output=True)
    hook = os.environ | {"RENEWED_LINEAGE": str(folder)}
    subprocess.run(["sh", "-c", given.deploy_hook], env=hook, check=True)


if __name__ == "__main__":
    main()
