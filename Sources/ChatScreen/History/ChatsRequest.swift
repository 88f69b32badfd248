import ChatModel

/// What the screen asks of the saved chats. All but `keep`, `keepDraft` and `leaveDraft` are answered by a `ChatsEvent`.
public enum ChatsRequest: Equatable, Sendable {
  /// The saved chats, pinned ones first, then the newest.
  case list
  /// Those in which words stand.
  case search(String)
  /// Takes a chat up in place of the present one; the reader wants to see a place in it where a hit is given.
  case open(ConversationID, hit: SearchHit?)
  /// Takes up the chat that the program was asked to begin with, and whoever answered there last.
  case resume(ConversationID)
  /// The ways through this chat, and the chats of this run that are saved nowhere.
  case branches
  /// Goes on behind another message of such a chat; nil: from its beginning.
  case show(MessageID?, of: ConversationID)
  /// What was asked in earlier chats.
  case inputs
  /// What was typed for the present chat and not sent, in an earlier run.
  case draft
  /// Keeps what is typed with the present chat; an empty draft forgets it.
  case keepDraft(Draft)
  /// Keeps what is typed with the present chat, which is about to be left: there it stays.
  case leaveDraft(Draft)
  /// Writes the present chat to a file; `AppEvent.saved` answers it.
  case export(ExportFormat, path: String, overwrites: Bool)
  /// Names the present chat.
  case rename(String)
  /// Names another chat.
  case name(ConversationID, String)
  /// How a chat begins and ends.
  case excerpt(ConversationID)
  case pin(ConversationID, Bool)
  case duplicate(ConversationID)
  case delete(ConversationID)
  /// Takes back a deletion.
  case restore(ConversationID)
  /// Has the chat that was taken up go on with a system prompt.
  case switchPrompt(SystemPrompt)
  /// Whether what is said from now on is written to disk.
  case keep(Bool)
}

/// What comes of it.
public enum ChatsEvent: Equatable, Sendable {
  /// All of them, and the one that is open where it is among them.
  case listed([ChatRow], current: ConversationID?)
  case found(words: String, [ChatRow])
  /// A chat is taken up, or its end is there, and the rest is going to be.
  case opened(OpenedTalk)
  /// The chat whose end was shown cannot be taken up, and why; a new one is begun.
  case notOpened(String)
  case branches([BranchRow])
  /// What was asked in earlier chats, the newest first.
  case inputs([String])
  case renamed(String)
  case draft(Draft)
  /// The first question of a chat, and its last messages.
  case excerpt(ConversationID, [SavedMessage])
  /// What became of an export.
  case exported(SaveOutcome)
  /// A system prompt was asked for; it counts from the next question.
  case promptWanted(SystemPrompt)
  /// What was asked for could not be done, and why.
  case refused(String)
  /// Something is not being saved, and why, or that it is again: a line for the transcript.
  case trouble(String, isSaved: Bool?)
  /// Another program has the chat open that was taken up.
  case shared
  /// Nothing that is said in the chat that was taken up is going to be written to disk.
  case unkept
}

/// A saved chat as the menu shows it.
public struct ChatRow: Equatable, Sendable {
  public var listing: ConversationListing
  /// When it was last written to, in words and in the user's time: `10:52`, `Fri 20 Nov`.
  public var when: String

  public init(_ listing: ConversationListing, when: String) {
    self.listing = listing
    self.when = when
  }
}
