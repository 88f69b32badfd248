-- A database that llm 0.36 made, without its search index.
CREATE TABLE "conversations" ( "id" TEXT PRIMARY KEY, "name" TEXT, "model" TEXT );
CREATE TABLE "attachments" ( "id" TEXT PRIMARY KEY, "type" TEXT, "path" TEXT, "url" TEXT, "content" BLOB );
CREATE TABLE "prompt_attachments" ( "response_id" TEXT REFERENCES "responses"("id"), "attachment_id" TEXT REFERENCES "attachments"("id"), "order" INTEGER, PRIMARY KEY ("response_id", "attachment_id") );
CREATE TABLE "responses" ( "id" TEXT PRIMARY KEY, "model" TEXT, "prompt" TEXT, "system" TEXT, "prompt_json" TEXT, "options_json" TEXT, "response" TEXT, "response_json" TEXT, "conversation_id" TEXT REFERENCES "conversations"("id"), "duration_ms" INTEGER, "datetime_utc" TEXT, "input_tokens" INTEGER, "output_tokens" INTEGER, "token_details" TEXT, "schema_id" TEXT REFERENCES "schemas"("id") , "resolved_model" TEXT, "reasoning" TEXT);
CREATE TABLE "fragments" ( "id" INTEGER PRIMARY KEY, "hash" TEXT, "content" TEXT, "datetime_utc" TEXT, "source" TEXT );
CREATE TABLE "fragment_aliases" ( "alias" TEXT PRIMARY KEY, "fragment_id" INTEGER REFERENCES "fragments"("id") );
CREATE TABLE "prompt_fragments" ( "response_id" TEXT REFERENCES "responses"("id"), "fragment_id" INTEGER REFERENCES "fragments"("id"), "order" INTEGER, PRIMARY KEY ("response_id", "fragment_id", "order") );
CREATE TABLE "system_fragments" ( "response_id" TEXT REFERENCES "responses"("id"), "fragment_id" INTEGER REFERENCES "fragments"("id"), "order" INTEGER, PRIMARY KEY ("response_id", "fragment_id", "order") );
CREATE TABLE "tools" ( "id" INTEGER PRIMARY KEY, "hash" TEXT, "name" TEXT, "description" TEXT, "input_schema" TEXT , "plugin" TEXT);
CREATE TABLE "tool_responses" ( "tool_id" INTEGER REFERENCES "tools"("id"), "response_id" TEXT REFERENCES "responses"("id"), PRIMARY KEY ("tool_id", "response_id") );
CREATE TABLE "tool_calls" ( "id" INTEGER PRIMARY KEY, "response_id" TEXT REFERENCES "responses"("id"), "tool_id" INTEGER REFERENCES "tools"("id"), "name" TEXT, "arguments" TEXT, "tool_call_id" TEXT );
CREATE TABLE "tool_instances" ( "id" INTEGER PRIMARY KEY, "plugin" TEXT, "name" TEXT, "arguments" TEXT );
CREATE TABLE "tool_results" ( "id" INTEGER PRIMARY KEY, "response_id" TEXT REFERENCES "responses"("id"), "tool_id" INTEGER REFERENCES "tools"("id"), "name" TEXT, "output" TEXT, "tool_call_id" TEXT, "instance_id" INTEGER REFERENCES "tool_instances"("id") , "exception" TEXT);
CREATE TABLE "tool_results_attachments" ( "tool_result_id" INTEGER REFERENCES "tool_results"("id"), "attachment_id" TEXT REFERENCES "attachments"("id"), "order" INTEGER, PRIMARY KEY ("tool_result_id", "attachment_id") );
CREATE TABLE "messages" ( "hash" TEXT PRIMARY KEY, "parent_hash" TEXT REFERENCES "messages"("hash"), "role" TEXT, "provider_metadata" TEXT );
CREATE TABLE "parts" ( "id" INTEGER PRIMARY KEY, "message_hash" TEXT REFERENCES "messages"("hash"), "position" INTEGER, "type" TEXT, "tool_name" TEXT, "text" TEXT, "payload" TEXT );
CREATE TABLE "part_attachments" ( "part_id" INTEGER REFERENCES "parts"("id"), "attachment_id" TEXT REFERENCES "attachments"("id"), "order" INTEGER, PRIMARY KEY ("part_id", "attachment_id", "order") );
CREATE TABLE "part_fragments" ( "part_id" INTEGER REFERENCES "parts"("id"), "fragment_id" INTEGER REFERENCES "fragments"("id"), "order" INTEGER, PRIMARY KEY ("part_id", "fragment_id", "order") );
CREATE TABLE "threads" ( "id" TEXT PRIMARY KEY, "name" TEXT, "tip_message_hash" TEXT REFERENCES "messages"("hash"), "forked_from" TEXT REFERENCES "threads"("id"), "datetime_utc" TEXT );
CREATE TABLE "turns" ( "id" TEXT PRIMARY KEY, "thread_id" TEXT REFERENCES "threads"("id"), "parent_message_hash" TEXT REFERENCES "messages"("hash"), "tip_message_hash" TEXT REFERENCES "messages"("hash"), "model" TEXT, "resolved_model" TEXT, "options_json" TEXT, "schema_id" TEXT REFERENCES "schemas"("id"), "input_tokens" INTEGER, "output_tokens" INTEGER, "token_details" TEXT, "duration_ms" INTEGER, "datetime_utc" TEXT , "response_json" TEXT);
CREATE TABLE "turn_fragments" ( "turn_id" TEXT REFERENCES "turns"("id"), "fragment_id" INTEGER REFERENCES "fragments"("id"), "order" INTEGER, "kind" TEXT, PRIMARY KEY ("turn_id", "fragment_id", "kind", "order") );
CREATE TABLE "turn_search" ( "id" INTEGER PRIMARY KEY, "turn_id" TEXT REFERENCES "turns"("id"), "prompt" TEXT, "response" TEXT );
CREATE TABLE "turn_tools" ( "turn_id" TEXT REFERENCES "turns"("id"), "tool_id" INTEGER REFERENCES "tools"("id"), "instance_id" INTEGER REFERENCES "tool_instances"("id"), PRIMARY KEY ("turn_id", "tool_id") );
CREATE TABLE "tool_instantiations" ( "turn_id" TEXT REFERENCES "turns"("id"), "tool_call_id" TEXT, "instance_id" INTEGER REFERENCES "tool_instances"("id"), PRIMARY KEY ("turn_id", "tool_call_id") );
INSERT INTO "attachments" VALUES ('c47dd9465c00e9a0c8b85e9ea58d3034a0d23b9cf926113602f3460752a4eb96', 'image/png', '/pictures/a.png', NULL, NULL);
INSERT INTO "fragments" VALUES (1, 'fa2c5cf3a2c829b8e3407d77ccfefb838f55b56de99d5982175704f5dae78303', 'Rome is a city.
', '2026-11-21 16:22:39', '/pictures/frag.txt');
INSERT INTO "tools" VALUES (1, '446e076ca00f08a625665be36a2c02a9d61c57f18fd987d8e4efdeb66eb7de02', 'weather', 'Weather', '{"properties": {"city": {"type": "string"}}, "required": ["city"], "type": "object"}', NULL);
INSERT INTO "messages" VALUES ('b2:de56c5a45582cd79e07ad30f9a2b7a32', NULL, 'user', NULL);
INSERT INTO "messages" VALUES ('b2:833245018194203812c62b8cdba87aad', 'b2:de56c5a45582cd79e07ad30f9a2b7a32', 'assistant', NULL);
INSERT INTO "messages" VALUES ('b2:bc6d71541e444c353660252286ceded7', 'b2:833245018194203812c62b8cdba87aad', 'user', NULL);
INSERT INTO "messages" VALUES ('b2:889abdd37edec52c0071ffe2813a3ead', 'b2:bc6d71541e444c353660252286ceded7', 'assistant', NULL);
INSERT INTO "messages" VALUES ('b2:c6d840f1718ebe17144b89f5c6151276', NULL, 'user', NULL);
INSERT INTO "messages" VALUES ('b2:f2437219dacf8deef0eb199ddc2aeb91', 'b2:c6d840f1718ebe17144b89f5c6151276', 'assistant', NULL);
INSERT INTO "messages" VALUES ('b2:2e89b943815a6ef96a65116932e8f634', NULL, 'user', NULL);
INSERT INTO "messages" VALUES ('b2:5d0ccc4a690295e0a6007adb33204e9b', 'b2:2e89b943815a6ef96a65116932e8f634', 'assistant', NULL);
INSERT INTO "messages" VALUES ('b2:db0c7fbd0f454447515970e36a0c374f', 'b2:5d0ccc4a690295e0a6007adb33204e9b', 'tool', NULL);
INSERT INTO "messages" VALUES ('b2:4d58fae6be81d6a0676544d86e10129e', 'b2:db0c7fbd0f454447515970e36a0c374f', 'assistant', NULL);
INSERT INTO "messages" VALUES ('b2:1c62b792b49953dd9f1840cd43012888', NULL, 'user', NULL);
INSERT INTO "messages" VALUES ('b2:e83aa9ccc1b2caceb72c408d9b63048a', 'b2:1c62b792b49953dd9f1840cd43012888', 'assistant', NULL);
INSERT INTO "parts" VALUES (1, 'b2:de56c5a45582cd79e07ad30f9a2b7a32', 0, 'text', NULL, 'Hello there', NULL);
INSERT INTO "parts" VALUES (2, 'b2:833245018194203812c62b8cdba87aad', 0, 'text', NULL, 'You said: Hello there

```python
print(1)
```
', NULL);
INSERT INTO "parts" VALUES (3, 'b2:bc6d71541e444c353660252286ceded7', 0, 'text', NULL, 'And Grüße 日本 👍?', NULL);
INSERT INTO "parts" VALUES (4, 'b2:889abdd37edec52c0071ffe2813a3ead', 0, 'text', NULL, 'You said: And Grüße 日本 👍?

```python
print(1)
```
', NULL);
INSERT INTO "parts" VALUES (5, 'b2:c6d840f1718ebe17144b89f5c6151276', 0, 'text', NULL, NULL, '{"text_ref": [{"fragment": 1}, {"literal": "\nWhat is this?"}]}');
INSERT INTO "parts" VALUES (6, 'b2:f2437219dacf8deef0eb199ddc2aeb91', 0, 'text', NULL, 'You said: Rome is a city.

What is this?

```python
print(1)
```
', NULL);
INSERT INTO "parts" VALUES (7, 'b2:2e89b943815a6ef96a65116932e8f634', 0, 'text', NULL, 'weather in Oslo?', NULL);
INSERT INTO "parts" VALUES (8, 'b2:5d0ccc4a690295e0a6007adb33204e9b', 0, 'tool_call', 'weather', NULL, '{"name": "weather", "arguments": {"city": "Oslo"}, "tool_call_id": "call_w1"}');
INSERT INTO "parts" VALUES (9, 'b2:db0c7fbd0f454447515970e36a0c374f', 0, 'tool_result', 'weather', NULL, '{"name": "weather", "output": "sunny in Oslo", "tool_call_id": "call_w1"}');
INSERT INTO "parts" VALUES (10, 'b2:4d58fae6be81d6a0676544d86e10129e', 0, 'text', NULL, 'The tool says sunny in Oslo.', NULL);
INSERT INTO "parts" VALUES (11, 'b2:1c62b792b49953dd9f1840cd43012888', 0, 'text', NULL, 'What is in the picture?', NULL);
INSERT INTO "parts" VALUES (12, 'b2:1c62b792b49953dd9f1840cd43012888', 1, 'attachment', NULL, NULL, '{"attachment": {"id": "c47dd9465c00e9a0c8b85e9ea58d3034a0d23b9cf926113602f3460752a4eb96"}}');
INSERT INTO "parts" VALUES (13, 'b2:e83aa9ccc1b2caceb72c408d9b63048a', 0, 'text', NULL, 'You said: What is in the picture? 

```python
print(1)
```
', NULL);
INSERT INTO "part_attachments" VALUES (12, 'c47dd9465c00e9a0c8b85e9ea58d3034a0d23b9cf926113602f3460752a4eb96', 0);
INSERT INTO "part_fragments" VALUES (5, 1, 0);
INSERT INTO "threads" VALUES ('01m7zenbk0wtwbz7v62jmg1pk5', 'Hello there', 'b2:889abdd37edec52c0071ffe2813a3ead', NULL, '2026-11-21 16:22:35.461777+00:00');
INSERT INTO "threads" VALUES ('01m7zenfc097tg6b67hqq1f0bm', 'Rome is a city. What is this?', 'b2:f2437219dacf8deef0eb199ddc2aeb91', NULL, '2026-11-21 16:22:39.497663+00:00');
INSERT INTO "threads" VALUES ('01m7zenhqnek10xzj2qqf40dhh', 'weather in Oslo?', 'b2:4d58fae6be81d6a0676544d86e10129e', NULL, '2026-11-21 16:22:41.947715+00:00');
INSERT INTO "threads" VALUES ('01m7zenmwmq6n3vysvy7ppw1q4', 'What is in the picture?', 'b2:e83aa9ccc1b2caceb72c408d9b63048a', NULL, '2026-11-21 16:22:45.364080+00:00');
INSERT INTO "turns" VALUES ('01m7zenbk10szf7h8dzvn0bn1y', '01m7zenbk0wtwbz7v62jmg1pk5', 'b2:de56c5a45582cd79e07ad30f9a2b7a32', 'b2:833245018194203812c62b8cdba87aad', 'mock', NULL, NULL, NULL, 7, 5, NULL, 99, '2026-11-21T16:22:35.361913+00:00', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": "You said: Hello there\n\n```python\nprint(1)\n```\n", "role": "assistant"}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}');
INSERT INTO "turns" VALUES ('01m7zend7n74qd3b53y7aff62d', '01m7zenbk0wtwbz7v62jmg1pk5', 'b2:bc6d71541e444c353660252286ceded7', 'b2:889abdd37edec52c0071ffe2813a3ead', 'mock', NULL, '{"temperature": 0.5}', NULL, 7, 5, NULL, 329, '2026-11-21T16:22:37.045978+00:00', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": "You said: And Gr\u00fc\u00dfe \u65e5\u672c \ud83d\udc4d?\n\n```python\nprint(1)\n```\n", "role": "assistant"}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}');
INSERT INTO "turns" VALUES ('01m7zenfc79r97531psb50ca4p', '01m7zenfc097tg6b67hqq1f0bm', 'b2:c6d840f1718ebe17144b89f5c6151276', 'b2:f2437219dacf8deef0eb199ddc2aeb91', 'mock', NULL, NULL, NULL, 7, 5, NULL, 253, '2026-11-21T16:22:39.239197+00:00', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": {"$": "0.0.text"}, "role": "assistant"}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}');
INSERT INTO "turns" VALUES ('01m7zenhr2er51jk4tmhv2t0r3', '01m7zenhqnek10xzj2qqf40dhh', 'b2:2e89b943815a6ef96a65116932e8f634', 'b2:5d0ccc4a690295e0a6007adb33204e9b', 'mock', NULL, NULL, NULL, 7, 5, NULL, 186, '2026-11-21T16:22:41.666286+00:00', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "tool_calls", "index": 0, "message": {"role": "assistant", "tool_calls": [{"id": "call_w1", "function": {"arguments": "{\"city\":\"Oslo\"}", "name": "weather"}, "type": "function"}]}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}');
INSERT INTO "turns" VALUES ('01m7zenhxw8zb92z40mp75e6qn', '01m7zenhqnek10xzj2qqf40dhh', 'b2:db0c7fbd0f454447515970e36a0c374f', 'b2:4d58fae6be81d6a0676544d86e10129e', 'mock', NULL, NULL, NULL, 7, 5, NULL, 94, '2026-11-21T16:22:41.852534+00:00', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": "The tool says sunny in Oslo.", "role": "assistant"}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}');
INSERT INTO "turns" VALUES ('01m7zenmwp28vw7n44zm2n9dt3', '01m7zenmwmq6n3vysvy7ppw1q4', 'b2:1c62b792b49953dd9f1840cd43012888', 'b2:e83aa9ccc1b2caceb72c408d9b63048a', 'mock', NULL, NULL, NULL, 7, 5, NULL, 476, '2026-11-21T16:22:44.886714+00:00', '{"id": "chatcmpl-1", "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": "You said: What is in the picture? \n\n```python\nprint(1)\n```\n", "role": "assistant"}}], "created": 1790000000, "model": "gpt-mock-2026-01-01", "object": "chat.completion", "usage": {"completion_tokens": 5, "prompt_tokens": 7, "total_tokens": 12}}');
INSERT INTO "turn_fragments" VALUES ('01m7zenfc79r97531psb50ca4p', 1, 0, 'prompt');
INSERT INTO "turn_search" VALUES (1, '01m7zenbk10szf7h8dzvn0bn1y', 'Hello there', 'You said: Hello there

```python
print(1)
```
');
INSERT INTO "turn_search" VALUES (2, '01m7zend7n74qd3b53y7aff62d', 'And Grüße 日本 👍?', 'You said: And Grüße 日本 👍?

```python
print(1)
```
');
INSERT INTO "turn_search" VALUES (3, '01m7zenfc79r97531psb50ca4p', '
What is this?', 'You said: Rome is a city.

What is this?

```python
print(1)
```
');
INSERT INTO "turn_search" VALUES (4, '01m7zenhr2er51jk4tmhv2t0r3', 'weather in Oslo?', '');
INSERT INTO "turn_search" VALUES (5, '01m7zenhxw8zb92z40mp75e6qn', '', 'The tool says sunny in Oslo.');
INSERT INTO "turn_search" VALUES (6, '01m7zenmwp28vw7n44zm2n9dt3', 'What is in the picture?', 'You said: What is in the picture? 

```python
print(1)
```
');
INSERT INTO "turn_tools" VALUES ('01m7zenhr2er51jk4tmhv2t0r3', 1, NULL);
INSERT INTO "turn_tools" VALUES ('01m7zenhxw8zb92z40mp75e6qn', 1, NULL);
