"""A wire between program and server, which is cut at the worst moment: around the first COMMIT."""

import socket
import threading
from contextlib import suppress
from pathlib import Path

COMMIT = b"COMMIT"


class CutWire:
    """Listens as a server does, in a folder or at the address of a host. The first connection that commits is
    cut: `before` the server hears of it, or after, before the program hears that it was done; None cuts
    none."""

    def __init__(self, at: Path | str, server: Path, *, before: bool | None) -> None:
        self._server = server / ".s.PGSQL.5432"
        self._before = before
        self.cuts = 0
        if isinstance(at, Path):
            self._listener = socket.socket(socket.AF_UNIX)
            self._listener.bind(str(at / ".s.PGSQL.5432"))
            self._listener.listen()
        else:
            self._listener = socket.create_server((at, 0))
            self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                program, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(self._server))
            threading.Thread(target=self._to_server, args=(program, server), daemon=True).start()
            threading.Thread(target=self._to_program, args=(program, server), daemon=True).start()

    def _to_server(self, program: socket.socket, server: socket.socket) -> None:
        while data := _received(program):
            if self._before is not None and COMMIT in data and not self.cuts:
                self.cuts += 1
                if self._before:
                    break
                _hang_up(program)
                server.sendall(data)
                return  # the other thread drains what the server still says
            server.sendall(data)
        _hang_up(program)
        _hang_up(server)

    def _to_program(self, program: socket.socket, server: socket.socket) -> None:
        while data := _received(server):
            try:
                program.sendall(data)
            except OSError:  # cut: read on, so that the server ends as it likes
                continue
        _hang_up(program)


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(65536)
    except OSError:
        return b""


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):  # hung up already
        end.shutdown(socket.SHUT_RDWR)
