"""A server on loopback that works for as long as it is told: run as `replica.py PORT NAME FACTOR`.

Header `X-Work` is the time in seconds, which the factor lengthens. Nothing waits for anything but itself.
"""

import asyncio
import sys


async def _serve(port: int, name: str, factor: float) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
                await asyncio.sleep(float(fields.get(b"x-work", b"0")) * factor)
                writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Replica: {name}\r\n\r\n".encode())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", port, backlog=1000)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), sys.argv[2], float(sys.argv[3])))
