"""Durable: folders and names of files that outlast a loss of power."""

import contextlib
import errno
import os
import shutil
from pathlib import Path

CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EACCES, errno.EPERM, errno.EBADF})
"""What a system says of a folder that it does not sync."""
WITHOUT_LINKS = frozenset({
    errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV, errno.EINVAL,
})  # fmt: skip
"""What a system says where a file gets no second name; EINVAL is what Windows says on FAT."""


def sync_folder(folder: Path) -> None:
    """See to it that the names in a folder last; nothing on Windows, which opens no folders, and where folders are not synced."""
    if os.name == "nt":
        return
    try:
        opened = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:  # whoever removed it syncs the one above
        return
    except OSError as error:
        if error.errno not in CANNOT:
            raise
        return
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in CANNOT:
            raise
    finally:
        os.close(opened)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, to last."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        sync_folder(each.parent)


def give_name(source: Path, target: Path) -> None:
    """Give a synced file another name, and never that of another file; its folder is made, again where others just removed it.

    The name comes with all bytes, or not at all. Where a file gets no second name (FAT, some network disks), an empty file
    takes the name first and gives way to the whole one at once; who is killed in that moment leaves the empty file.

    Raises:
        FileExistsError: The name is taken.
    """
    for last in (False, False, True):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _link(source, target)
        except FileNotFoundError:
            if last or not source.exists():
                raise
        else:
            return


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except NotImplementedError:
        _claim(source, target)
    except OSError as error:
        if error.errno not in WITHOUT_LINKS:
            raise
        _claim(source, target)


def _claim(source: Path, target: Path) -> None:
    """Take a name that is free, then put the file there."""
    target.open("xb").close()
    try:
        _replace(source, target)
    except BaseException:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


def _replace(source: Path, target: Path) -> None:
    """Put a file in the place of another, whole, from another disk too."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    else:
        return
    near = target.with_name(f"{target.name}.{source.name}")
    try:
        with source.open("rb") as given, near.open("xb") as taken:
            shutil.copyfileobj(given, taken, 1 << 20)
            taken.flush()
            os.fsync(taken.fileno())
        near.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            near.unlink(missing_ok=True)
        raise
