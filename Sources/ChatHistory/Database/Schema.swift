/// The tables, as steps from one version of the database to the next: an old one is brought up to date step by step.
/// Steps that were released stay as they are.
enum Schema {
  /// "aich": tells our databases from others' (`PRAGMA application_id`).
  static let applicationID = 0x6169_6368

  /// The step at index `n` makes version `n + 1` of version `n`; 0 is an empty file.
  static let steps = [version1, version2, version3]

  /// JSON: the files that went along with a message.
  private static let version2 = "ALTER TABLE messages ADD COLUMN attachments TEXT;"

  /// JSON: who is to answer from now on. `provider` and `model` are those who did, as they call themselves.
  private static let version3 = "ALTER TABLE conversations ADD COLUMN service TEXT;"

  private static let version1 = """
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
    """
}
