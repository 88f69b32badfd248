"""Many clients of `serve` at once: none starves, little delay is added, memory stays flat, no descriptor is left open.

    load.py PROGRAM [SECONDS]

A service of 20 chunks a second, each of which holds the time at which it was written, is read by 64 clients straight, and
then by 64 through the relay. Prints what the relay adds; fails where a client misses a chunk, or memory or descriptors grow.
"""

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import time

CLIENTS, RATE = 64, 20


async def service(reader, writer):
    """Answers one request with a stream; the question says of how many chunks."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(re.search(r"(?i)content-length: (\d+)", head)[1])
        count = int(json.loads(await reader.readexactly(length))["messages"][-1]["content"])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
        start = time.perf_counter()
        for number in range(count):
            await asyncio.sleep(max(0, start + number / RATE - time.perf_counter()))
            delta = {"content": f"{time.perf_counter_ns()} "}
            writer.write(b"data: " + json.dumps({"choices": [{"delta": delta}]}).encode() + b"\n\n")
        end = {"choices": [{"delta": {}, "finish_reason": "stop"}]}
        writer.write(b"data: " + json.dumps(end).encode() + b"\n\ndata: [DONE]\n\n")
        await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def client(port, token, count):
    """Reads one answer; the delays of its chunks in milliseconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps({"model": "m", "stream": True, "messages": [{"role": "user", "content": str(count)}]})
    writer.write(
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode())
    delays = []
    async for line in reader:
        for written in re.findall(rb'"content": ?"(\d+) "', line):
            delays.append((time.perf_counter_ns() - int(written)) / 1e6)
    writer.close()
    return delays


async def crowd(port, token, seconds):
    # Not all at the same moment.
    async def late(number):
        await asyncio.sleep(number / CLIENTS / RATE)
        return await client(port, token, seconds * RATE)

    answers = await asyncio.gather(*(late(number) for number in range(CLIENTS)))
    for delays in answers:
        assert len(delays) == seconds * RATE, f"a client got {len(delays)} of {seconds * RATE} chunks"
    return sorted(delay for delays in answers for delay in delays)


def held(process):
    """Resident kilobytes, and open descriptors."""
    with open(f"/proc/{process.pid}/status") as status:
        memory = int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])
    return memory, len(os.listdir(f"/proc/{process.pid}/fd"))


def told(name, delays):
    at = lambda share: delays[int(share * (len(delays) - 1))]
    print(f"{name}: {len(delays)} chunks, delay in ms: median {statistics.median(delays):.2f}, "
          f"99 of 100 {at(.99):.2f}, at most {delays[-1]:.2f}")


async def main(program, seconds):
    server = await asyncio.start_server(service, "127.0.0.1", 0, backlog=256)
    port = server.sockets[0].getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"], "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1", "OPENAI_API_KEY": "k",
        "OPENAI_MODEL": "m", "HOME": "/nonexistent"}
    relay = subprocess.Popen(
        [program, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://127.0.0.1:(\d+)/#(\w+)", await asyncio.to_thread(relay.stdout.readline))
        straight = await crowd(port, "none", min(seconds, 10))
        told("straight", straight)
        own, token = int(address[1]), address[2]
        await crowd(own, token, 2)
        await asyncio.sleep(1)
        before = held(relay)
        through = asyncio.create_task(crowd(own, token, seconds))
        await asyncio.sleep(seconds / 4)
        early = held(relay)
        await asyncio.sleep(seconds / 2)
        late = held(relay)
        delays = await through
        told("through the relay", delays)
        await asyncio.sleep(1)
        after = held(relay)
        print(f"added: {statistics.median(delays) - statistics.median(straight):.2f} ms by the median; "
              f"resident KB and descriptors: {before} before, {early} and {late} under way, {after} after")
        assert late[0] - early[0] < 2048, "memory grows while answers stream"
        assert after[1] == before[1], "descriptors were left open"
    finally:
        relay.terminate()
        relay.wait()
        server.close()


asyncio.run(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60))
