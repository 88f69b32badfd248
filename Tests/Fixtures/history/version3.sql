-- A database of version 3.
CREATE TABLE conversations (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  title_chosen INTEGER NOT NULL,
  pinned INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  -- A message's number. No foreign key: each message that goes would be looked for here.
  head INTEGER,
  -- Questions on the path to the head, who answered last: what lists show.
  turns INTEGER NOT NULL,
  provider TEXT,
  model TEXT,
  thread_id TEXT,
  -- JSON
  summary TEXT,
  -- When it was deleted, while that can be undone.
  deleted INTEGER
);
CREATE INDEX conversations_listed ON conversations (pinned, updated, number) WHERE deleted IS NULL;
CREATE INDEX conversations_updated ON conversations (updated) WHERE deleted IS NULL;
CREATE INDEX conversations_deleted ON conversations (deleted) WHERE deleted IS NOT NULL;

CREATE TABLE messages (
  number INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  id TEXT NOT NULL,
  parent INTEGER REFERENCES messages DEFERRABLE INITIALLY DEFERRED,
  -- Questions on the path to this message.
  turns INTEGER NOT NULL,
  role TEXT NOT NULL,
  name TEXT,
  chosen INTEGER NOT NULL,
  tool_call_id TEXT,
  created INTEGER NOT NULL,
  -- JSON: all of an answer but its text.
  answer TEXT,
  -- Last, since long ones lie on pages of their own.
  content TEXT NOT NULL,
  UNIQUE (conversation, id)
);
CREATE INDEX messages_parent ON messages (parent);

-- What a streaming answer has gained since it was last written as a whole.
CREATE TABLE pieces (
  number INTEGER PRIMARY KEY,
  message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
  is_reasoning INTEGER NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX pieces_message ON pieces (message);

-- By the conversation's id; '' for the one that is not begun.
CREATE TABLE drafts (id TEXT PRIMARY KEY, text TEXT NOT NULL, updated INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER conversations_drafts AFTER DELETE ON conversations BEGIN
  DELETE FROM drafts WHERE id = old.id;
END;

CREATE TABLE inputs (
  number INTEGER PRIMARY KEY,
  conversation INTEGER REFERENCES conversations ON DELETE CASCADE,
  text TEXT NOT NULL,
  created INTEGER NOT NULL
);
CREATE INDEX inputs_conversation ON inputs (conversation);

-- What is left to be done with the indexes: 'begin' or 'go on' with taking out what was removed.
CREATE TABLE chores (name TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;

CREATE VIEW message_texts AS
  SELECT number, searchable(content) AS content FROM messages WHERE content <> '' AND (role <> 'system' OR chosen);
CREATE VIRTUAL TABLE message_index USING fts5 (
  content, content = 'message_texts', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3');
CREATE TRIGGER messages_inserted AFTER INSERT ON messages
  WHEN new.content <> '' AND (new.role <> 'system' OR new.chosen)
BEGIN
  INSERT INTO message_index (rowid, content) VALUES (new.number, searchable(new.content));
END;
CREATE TRIGGER messages_deleted AFTER DELETE ON messages
  WHEN old.content <> '' AND (old.role <> 'system' OR old.chosen)
BEGIN
  INSERT INTO message_index (message_index, rowid, content) VALUES ('delete', old.number, searchable(old.content));
END;
CREATE TRIGGER messages_updated AFTER UPDATE OF content ON messages BEGIN
  INSERT INTO message_index (message_index, rowid, content)
    SELECT 'delete', old.number, searchable(old.content)
    WHERE old.content <> '' AND (old.role <> 'system' OR old.chosen);
  INSERT INTO message_index (rowid, content)
    SELECT new.number, searchable(new.content)
    WHERE new.content <> '' AND (new.role <> 'system' OR new.chosen);
END;

CREATE VIEW conversation_titles AS SELECT number, searchable(title) AS title FROM conversations;
CREATE VIRTUAL TABLE title_index USING fts5 (
  title, content = 'conversation_titles', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3');
CREATE TRIGGER conversations_inserted AFTER INSERT ON conversations BEGIN
  INSERT INTO title_index (rowid, title) VALUES (new.number, searchable(new.title));
END;
CREATE TRIGGER conversations_removed AFTER DELETE ON conversations BEGIN
  INSERT INTO title_index (title_index, rowid, title) VALUES ('delete', old.number, searchable(old.title));
END;
CREATE TRIGGER conversations_renamed AFTER UPDATE OF title ON conversations BEGIN
  INSERT INTO title_index (title_index, rowid, title) VALUES ('delete', old.number, searchable(old.title));
  INSERT INTO title_index (rowid, title) VALUES (new.number, searchable(new.title));
END;

ALTER TABLE messages ADD COLUMN attachments TEXT;
ALTER TABLE conversations ADD COLUMN service TEXT;
INSERT INTO conversations (number, id, title, title_chosen, pinned, created, updated, head, turns, provider, model, summary)
VALUES (1, '01karyz7r3lighthouse000001', 'About lighthouses', 1, 1, 1763722341123, 1763722345000, 4, 1, 'openai', 'gpt-4o',
  '{"text":"Talk of towers","through":"m2","written_after":"m3"}');
INSERT INTO messages (number, conversation, id, parent, turns, role, name, chosen, created, answer, content) VALUES
  (1, 1, 'm1', NULL, 0, 'system', 'brief', 1, 1763722341123, NULL, 'Be brief.'),
  (2, 1, 'm2', 1, 1, 'user', NULL, 1, 1763722341123, NULL, 'What is a lighthouse?'),
  (3, 1, 'm0', 2, 1, 'assistant', NULL, 1, 1763722342000, '{"model":"gpt-4o","provider":"openai","status":"cancelled"}', 'A'),
  (4, 1, 'm3', 2, 1, 'assistant', NULL, 1, 1763722343000,
   '{"chunks":3,"first_chunk_ms":210,"model":"gpt-4o","provider":"openai","status":"complete","total_ms":1840,"usage":{"completion_tokens":12,"prompt_tokens":9,"total_tokens":21}}',
   'A tower with a light.');
UPDATE conversations SET service = '{"model":"gpt-4o","provider":"openai"}' WHERE number = 1;
UPDATE messages SET attachments = '[{"media_type":"text/plain","name":"towers.md","text":"Pharos"}]' WHERE number = 2;
INSERT INTO conversations (number, id, title, title_chosen, pinned, created, updated, head, turns, provider)
VALUES (2, '01karyz7r3streaming0000002', 'Go on', 0, 0, 1763722341123, 1763722341123, 6, 1, 'demo');
INSERT INTO messages (number, conversation, id, parent, turns, role, chosen, created, answer, content) VALUES
  (5, 2, 'm1', NULL, 1, 'user', 1, 1763722341123, NULL, 'Go on'),
  (6, 2, 'm2', 5, 1, 'assistant', 1, 1763722341123, '{"provider":"demo"}', '');
INSERT INTO pieces (message, is_reasoning, text) VALUES (6, 0, 'It was '), (6, 1, 'Hm.'), (6, 0, 'inter');
INSERT INTO drafts (id, text, updated) VALUES ('', 'half a thou', 1763722341123);
INSERT INTO inputs (conversation, text, created) VALUES (1, 'What is a lighthouse?', 1763722341123);
PRAGMA application_id = 1634296680;
PRAGMA user_version = 3;
