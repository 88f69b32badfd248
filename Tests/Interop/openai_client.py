#!/usr/bin/env python3
"""What the `openai` package gets through `aichat-tui serve` beside what it gets from the server behind it, field for field.

    openai_client.py PROGRAM [BASE-URL KEY MODEL]

Without a server of one's own, another `serve` with the demo stands behind the one that is looked at.
"""
import os, signal, subprocess, sys, tempfile

import openai

WEATHER = [{"type": "function", "function": {"name": "get_weather", "parameters": {
    "type": "object", "properties": {"location": {"type": "string"}}, "required": ["location"]}}}]
CALL = {"id": "c", "type": "function", "function": {"name": "get_weather", "arguments": "{}"}}


def user(text):
    return [{"role": "user", "content": text}]


REQUESTS = {
    "streamed": dict(messages=user("hello"), stream=True),
    "with usage": dict(messages=user("hello"), stream=True, stream_options={"include_usage": True}),
    "whole": dict(messages=user("hello")),
    "Markdown": dict(messages=user("markdown"), stream=True),
    "Unicode": dict(messages=user("unicode"), stream=True),
    "reasoning": dict(messages=user("reasoning"), stream=True),
    "tools, streamed": dict(messages=user("tools"), stream=True, tools=WEATHER, stream_options={"include_usage": True}),
    "tools, whole": dict(messages=user("tools"), tools=WEATHER),
    "the output of a tool": dict(stream=True, messages=user("tools") + [
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "c", "content": "42"}]),
    "parts": dict(messages=[{"role": "user", "content": [{"type": "text", "text": "hello"}]}]),
    "a limit": dict(messages=user("hello"), max_tokens=2),
    "an error": dict(messages=user("error")),
    "an error, streamed": dict(messages=user("error"), stream=True),
    "a mistake": dict(messages=[{"role": "robot", "content": "x"}]),
}


def plain(value):
    """A reply without what differs from one request to the next."""
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items() if name not in ("id", "created", "timings")}
    return [plain(element) for element in value] if isinstance(value, list) else value


def answer(client, model, request):
    try:
        reply = client.chat.completions.create(model=model, **request)
        return [plain(part.model_dump()) for part in reply] if request.get("stream") else plain(reply.model_dump())
    except openai.APIStatusError as error:
        return {"error": type(error).__name__, "status": error.status_code, "body": error.body}
    except openai.APIError as error:
        return {"error": type(error).__name__, "body": error.body}


def serve(program, home, provider, **variables):
    process = subprocess.Popen(
        [program, "serve", "--provider", provider, "--port", "0", "--retries", "0"], stdout=subprocess.PIPE, text=True,
        env={"HOME": home, "PATH": os.environ["PATH"], **variables})
    url, token = process.stdout.readline().strip().split("/#")
    return process, url + "/v1", token


def main():
    program, behind = sys.argv[1], sys.argv[2:]
    running = []
    with tempfile.TemporaryDirectory() as home:
        try:
            if not behind:
                process, url, token = serve(program, home, "demo")
                running.append(process)
                behind = [url, token, "eliza-demo"]
            process, url, token = serve(program, home, "openai", OPENAI_BASE_URL=behind[0], OPENAI_API_KEY=behind[1])
            running.append(process)
            direct = openai.OpenAI(base_url=behind[0], api_key=behind[1], max_retries=0)
            relayed = openai.OpenAI(base_url=url, api_key=token, max_retries=0)
            for name, request in REQUESTS.items():
                expected, seen = answer(direct, behind[2], request), answer(relayed, behind[2], request)
                assert expected == seen, f"{name}:\n  direct  {expected}\n  relayed {seen}"
                print(f"  ok: {name} ({len(seen)} {'chunks' if isinstance(seen, list) else 'fields'})")
            assert [m.id for m in direct.models.list()] == [m.id for m in relayed.models.list()]
            try:
                openai.OpenAI(base_url=url, api_key="wrong", max_retries=0).models.list()
                raise AssertionError("a wrong token was taken")
            except openai.AuthenticationError:
                print("  ok: a wrong token is refused")
        finally:
            for process in reversed(running):
                process.send_signal(signal.SIGTERM)
                assert process.wait() == 143
    print("The openai package gets through the relay what it gets without.")


main()
