"""Where everything lives under the project's folder."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from machine.refusals import RefusalError

MIB = 1024 * 1024


@dataclass(frozen=True)
class Places:
    """The project's folder, and the files the machine keeps in it."""

    root: Path

    @property
    def var(self) -> Path:
        return self.root / "var"

    @property
    def log(self) -> Path:
        return self.var / "log"

    @property
    def stamps(self) -> Path:
        return self.var / "stamps"

    @property
    def services(self) -> Path:
        """Data, passwords and locks of the private servers (a link when they live elsewhere)."""
        return self.var / "services"

    @property
    def env(self) -> Path:
        """What the machine tells the settings."""
        return self.var / "env"

    @property
    def dotenv(self) -> Path:
        """What the operator tells the settings."""
        return self.root / ".env"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"


PROJECT = Places(Path(__file__).resolve().parent.parent)


def make_var(places: Places) -> None:
    """Create `var/`, or say in a sentence why it cannot be."""
    for folder in (places.var, places.log, places.stamps):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except PermissionError as error:
            raise RefusalError(_not_writable(places, folder)) from error


def _not_writable(places: Places, folder: Path) -> str:
    if not folder.exists():
        folder = folder.parent
    owner = pwd.getpwuid(folder.stat().st_uid).pw_name
    name = folder.relative_to(places.root.parent)
    return (
        f"Le dossier {name} appartient à « {owner} » et ce compte ne peut pas y écrire. "
        f"Relancez avec le compte « {owner} », ou donnez-vous le dossier : "
        f"sudo chown -R $(id -un) {places.root}"
    )


def require_space(folder: Path, *, mebibytes: int) -> None:
    """Refuse before anything long when the disk has too little room left."""
    free = shutil.disk_usage(folder).free // MIB
    if free < mebibytes:
        raise RefusalError(
            f"Il reste {free} Mo sur le disque de {folder}, il en faut au moins {mebibytes}. "
            "Libérez de la place, puis relancez la même commande."
        )


def service_account() -> pwd.struct_passwd | None:
    """The system account that runs the servers when we are root: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError as error:
        raise RefusalError(
            "PostgreSQL refuse d’être lancé par root et le compte système « postgres » n’existe "
            "pas. Lancez la commande avec un compte ordinaire."
        ) from error


def settle_services(places: Places) -> str | None:
    """Make the servers' folder, here or elsewhere; return a sentence when it is elsewhere."""
    folder, elsewhere, account = places.services, _elsewhere(places), service_account()
    if folder.is_symlink() and not folder.exists():
        folder.unlink()
    if not folder.exists() and elsewhere.exists():
        folder.symlink_to(elsewhere)
    if folder.exists():
        return None
    folder.mkdir()
    folder.chmod(0o755)
    if _usable_by(folder, account):
        return None
    folder.rmdir()
    elsewhere.mkdir(parents=True)
    elsewhere.chmod(0o755)
    if not _usable_by(elsewhere, account):
        elsewhere.rmdir()
        raise RefusalError(
            f"Ni {folder} ni {elsewhere} ne peuvent recevoir les données de PostgreSQL. "
            "Placez le projet dans un dossier ordinaire, par exemple /srv/solos."
        )
    folder.symlink_to(elsewhere)
    return f"Les données de PostgreSQL et de Redis sont dans {elsewhere} (lien : {folder})."


def _elsewhere(places: Places) -> Path:
    """Another home for the data, found again from the project's own path."""
    if os.geteuid() == 0:
        parent = Path("/var/lib/solos")
    else:
        state = os.environ.get("XDG_STATE_HOME")
        parent = (Path(state) if state else Path.home() / ".local" / "state") / "solos"
    return parent / hashlib.sha256(bytes(places.root)).hexdigest()[:12]


def _usable_by(folder: Path, account: pwd.struct_passwd | None) -> bool:
    """Whether that account can own and use a private folder in there."""
    trial = folder / "trial"
    try:
        trial.mkdir()
        trial.chmod(0o700)
        if stat.S_IMODE(trial.stat().st_mode) != 0o700:
            return False
        if account is None:
            return True
        os.chown(trial, account.pw_uid, account.pw_gid)
        check = subprocess.run(
            ["/usr/bin/test", "-w", trial],
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            check=False,
        )
    except OSError:
        return False
    else:
        return check.returncode == 0
    finally:
        if trial.exists():
            trial.rmdir()
