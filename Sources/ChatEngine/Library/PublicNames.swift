// What a program that imports ChatEngine alone needs to name: the words of a talk, and who answers. Type by type, so that
// nothing else of the two modules gets into its namespace.

@_exported import struct ChatModel.ChatError
@_exported import enum ChatModel.ChatEvent
@_exported import struct ChatModel.ChatRequest
@_exported import struct ChatModel.Conversation
@_exported import enum ChatModel.JSONValue
@_exported import struct ChatModel.Message
@_exported import struct ChatModel.Parameters
@_exported import enum ChatModel.Role
@_exported import struct ChatModel.Secret
@_exported import struct ChatModel.SessionUpdate
@_exported import struct ChatModel.SystemPrompt
@_exported import struct ChatModel.Timeouts
@_exported import struct ChatModel.ToolCall
@_exported import struct ChatModel.ToolCallFragment
@_exported import struct ChatModel.ToolRound
@_exported import struct ChatModel.Turn
@_exported import struct ChatModel.TurnID
@_exported import struct ChatModel.TurnResult
@_exported import enum ChatModel.TurnStatus
@_exported import struct ChatModel.TurnTiming
@_exported import struct ChatModel.Usage
@_exported import enum ChatWire.Credential
@_exported import struct ChatWire.HTTPField
@_exported import struct ChatWire.Provider
@_exported import enum ChatWire.ProviderKind
