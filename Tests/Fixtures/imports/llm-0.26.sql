-- A database that llm 0.26 made, without its search index.
CREATE TABLE "conversations" ( "id" TEXT PRIMARY KEY, "name" TEXT, "model" TEXT );
CREATE TABLE "attachments" ( "id" TEXT PRIMARY KEY, "type" TEXT, "path" TEXT, "url" TEXT, "content" BLOB );
CREATE TABLE "prompt_attachments" ( "response_id" TEXT REFERENCES "responses"("id"), "attachment_id" TEXT REFERENCES "attachments"("id"), "order" INTEGER, PRIMARY KEY ("response_id", "attachment_id") );
CREATE TABLE "responses" ( "id" TEXT PRIMARY KEY, "model" TEXT, "prompt" TEXT, "system" TEXT, "prompt_json" TEXT, "options_json" TEXT, "response" TEXT, "response_json" TEXT, "conversation_id" TEXT REFERENCES "conversations"("id"), "duration_ms" INTEGER, "datetime_utc" TEXT, "input_tokens" INTEGER, "output_tokens" INTEGER, "token_details" TEXT, "schema_id" TEXT REFERENCES "schemas"("id") );
CREATE TABLE "fragments" ( "id" INTEGER PRIMARY KEY, "hash" TEXT, "content" TEXT, "datetime_utc" TEXT, "source" TEXT );
CREATE TABLE "fragment_aliases" ( "alias" TEXT PRIMARY KEY, "fragment_id" INTEGER REFERENCES "fragments"("id") );
CREATE TABLE "prompt_fragments" ( "response_id" TEXT REFERENCES "responses"("id"), "fragment_id" INTEGER REFERENCES "fragments"("id"), "order" INTEGER, PRIMARY KEY ("response_id", "fragment_id", "order") );
CREATE TABLE "system_fragments" ( "response_id" TEXT REFERENCES "responses"("id"), "fragment_id" INTEGER REFERENCES "fragments"("id"), "order" INTEGER, PRIMARY KEY ("response_id", "fragment_id", "order") );
CREATE TABLE "tools" ( "id" INTEGER PRIMARY KEY, "hash" TEXT, "name" TEXT, "description" TEXT, "input_schema" TEXT , "plugin" TEXT);
CREATE TABLE "tool_responses" ( "tool_id" INTEGER REFERENCES "tools"("id"), "response_id" TEXT REFERENCES "responses"("id"), PRIMARY KEY ("tool_id", "response_id") );
CREATE TABLE "tool_calls" ( "id" INTEGER PRIMARY KEY, "response_id" TEXT REFERENCES "responses"("id"), "tool_id" INTEGER REFERENCES "tools"("id"), "name" TEXT, "arguments" TEXT, "tool_call_id" TEXT );
CREATE TABLE "tool_instances" ( "id" INTEGER PRIMARY KEY, "plugin" TEXT, "name" TEXT, "arguments" TEXT );
CREATE TABLE "tool_results" ( "id" INTEGER PRIMARY KEY, "response_id" TEXT REFERENCES "responses"("id"), "tool_id" INTEGER REFERENCES "tools"("id"), "name" TEXT, "output" TEXT, "tool_call_id" TEXT, "instance_id" INTEGER REFERENCES "tool_instances"("id") );
INSERT INTO "conversations" VALUES ('01m7zer0kb2c27kk7bmy88hgac', 'Hello there', 'mock');
INSERT INTO "conversations" VALUES ('01m7zer4zmavt329ev9gf3p4gc', 'Rome is a city. What is this?', 'mock');
INSERT INTO "conversations" VALUES ('01m7zer6y30snrkqe51wz6za1e', 'weather in Oslo?', 'mock');
INSERT INTO "conversations" VALUES ('01m7zer9q91qt83nvjn0390ne5', 'What is in the picture?', 'mock');
INSERT INTO "attachments" VALUES ('c47dd9465c00e9a0c8b85e9ea58d3034a0d23b9cf926113602f3460752a4eb96', 'image/png', '/pictures/a.png', NULL, NULL);
INSERT INTO "prompt_attachments" VALUES ('01m7zer9e79cgh2rwv9npyh7dc', 'c47dd9465c00e9a0c8b85e9ea58d3034a0d23b9cf926113602f3460752a4eb96', 0);
INSERT INTO "responses" VALUES ('01m7zer082yn5v7xrb7rqr0kmg', 'mock', 'Hello there', NULL, '{"messages": [{"role": "user", "content": "Hello there"}]}', '{}', 'You said: Hello there

```python
print(1)
```
', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": {"$": "r:01m7zer082yn5v7xrb7rqr0kmg"}, "role": "assistant"}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}', '01m7zer0kb2c27kk7bmy88hgac', 360, '2026-11-21T16:24:02.050884+00:00', 7, 5, NULL, NULL);
INSERT INTO "responses" VALUES ('01m7zer228x8v8qyq1r1ct82hm', 'mock', 'And Grüße 日本 👍?', 'Be brief.', '{"messages": [{"role": "user", "content": "Hello there"}, {"role": "assistant", "content": "You said: Hello there\n\n```python\nprint(1)\n```\n"}, {"role": "system", "content": "Be brief."}, {"role": "user", "content": "And Grüße 日本 👍?"}]}', '{"temperature": 0.5}', 'You said: And Grüße 日本 👍?

```python
print(1)
```
', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": {"$": "r:01m7zer228x8v8qyq1r1ct82hm"}, "role": "assistant"}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}', '01m7zer0kb2c27kk7bmy88hgac', 576, '2026-11-21T16:24:03.912663+00:00', 7, 5, NULL, NULL);
INSERT INTO "responses" VALUES ('01m7zer4j1vc99rndj405kbs27', 'mock', 'What is this?', NULL, '{"messages": [{"role": "user", "content": {"$r": [{"$": "f1"}, "\nWhat is this?"]}}]}', '{}', 'You said: Rome is a city.

What is this?

```python
print(1)
```
', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": {"$": "r:01m7zer4j1vc99rndj405kbs27"}, "role": "assistant"}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}', '01m7zer4zmavt329ev9gf3p4gc', 435, '2026-11-21T16:24:06.465063+00:00', 7, 5, NULL, NULL);
INSERT INTO "responses" VALUES ('01m7zer6yfxc31dw9y47tbnyz4', 'mock', 'weather in Oslo?', NULL, '{"messages": [{"role": "user", "content": "weather in Oslo?"}]}', '{}', '', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "tool_calls", "index": 0, "message": {"role": "assistant", "tool_calls": [{"id": "call_w1", "function": {"arguments": "{\"city\":\"Oslo\"}", "name": "weather"}, "type": "function"}]}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}', '01m7zer6y30snrkqe51wz6za1e', 524, '2026-11-21T16:24:08.911570+00:00', 7, 5, NULL, NULL);
INSERT INTO "responses" VALUES ('01m7zer7ewktswe5h9nt5440en', 'mock', '', NULL, '{"messages": [{"role": "user", "content": "weather in Oslo?"}, {"role": "assistant", "tool_calls": [{"type": "function", "id": "call_w1", "function": {"name": "weather", "arguments": "{\"city\": \"Oslo\"}"}}]}, {"role": "tool", "tool_call_id": "call_w1", "content": "sunny in Oslo"}]}', '{}', 'The tool says sunny in Oslo.', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": {"$": "r:01m7zer7ewktswe5h9nt5440en"}, "role": "assistant"}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}', '01m7zer6y30snrkqe51wz6za1e', 67, '2026-11-21T16:24:09.436179+00:00', 7, 5, NULL, NULL);
INSERT INTO "responses" VALUES ('01m7zer9e79cgh2rwv9npyh7dc', 'mock', 'What is in the picture?', NULL, '{"messages": [{"role": "user", "content": [{"type": "text", "text": "What is in the picture?"}, {"type": "image_url", "image_url": {"url": "data:..."}}]}]}', '{}', 'You said: What is in the picture? 

```python
print(1)
```
', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": {"$": "r:01m7zer9e79cgh2rwv9npyh7dc"}, "role": "assistant"}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}', '01m7zer9q91qt83nvjn0390ne5', 290, '2026-11-21T16:24:11.463058+00:00', 7, 5, NULL, NULL);
INSERT INTO "fragments" VALUES (1, 'fa2c5cf3a2c829b8e3407d77ccfefb838f55b56de99d5982175704f5dae78303', 'Rome is a city.
', '2026-11-21 16:24:06', '/pictures/frag.txt');
INSERT INTO "prompt_fragments" VALUES ('01m7zer4j1vc99rndj405kbs27', 1, 0);
INSERT INTO "tools" VALUES (1, '446e076ca00f08a625665be36a2c02a9d61c57f18fd987d8e4efdeb66eb7de02', 'weather', 'Weather', '{"properties": {"city": {"type": "string"}}, "required": ["city"], "type": "object"}', NULL);
INSERT INTO "tool_responses" VALUES (1, '01m7zer6yfxc31dw9y47tbnyz4');
INSERT INTO "tool_responses" VALUES (1, '01m7zer7ewktswe5h9nt5440en');
INSERT INTO "tool_calls" VALUES (1, '01m7zer6yfxc31dw9y47tbnyz4', 1, 'weather', '{"city": "Oslo"}', 'call_w1');
INSERT INTO "tool_results" VALUES (1, '01m7zer7ewktswe5h9nt5440en', 1, 'weather', 'sunny in Oslo', 'call_w1', NULL);
