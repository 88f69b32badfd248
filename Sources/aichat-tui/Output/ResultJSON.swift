import ChatModel

/// The `--json` form of a finished turn, as scripts know it: one line, every key there, in this order.
enum ResultJSON {
  /// One line without its end.
  static func line(index: Int, prompt: String?, _ result: TurnResult) -> String {
    JSONText.object([
      "index": "\(index)",
      "prompt": JSONText.string(prompt),
      "content": JSONText.string(result.content),
      "reasoning": JSONText.string(result.reasoning),
      "refusal": JSONText.string(result.refusal),
      "model": JSONText.string(result.model),
      "finish_reason": JSONText.string(result.finishReason),
      "usage": result.usage.map(usage) ?? "null",
      "tool_calls": "[" + result.toolCalls.map(toolCall).joined(separator: ",") + "]",
      "chunks": "\(result.chunks.count)",
      "status": JSONText.string(result.status.rawValue),
      "error": result.error.map(error) ?? "null",
      "timing": JSONText.object([
        "first_chunk_ms": JSONText.milliseconds(result.timing.firstChunk),
        "total_ms": JSONText.milliseconds(result.timing.total),
      ]),
    ])
  }

  private static func usage(_ usage: Usage) -> String {
    JSONText.object([
      "prompt_tokens": JSONText.number(usage.promptTokens),
      "completion_tokens": JSONText.number(usage.completionTokens),
      "total_tokens": JSONText.number(usage.totalTokens),
    ])
  }

  private static func toolCall(_ call: ToolCall) -> String {
    JSONText.object([
      "id": JSONText.string(call.id), "type": "\"function\"",
      "function": JSONText.object([
        "name": JSONText.string(call.name), "arguments": JSONText.string(call.arguments),
      ]),
    ])
  }

  private static func error(_ error: ChatError) -> String {
    JSONText.object([
      "kind": JSONText.string(error.kind.rawValue), "status": JSONText.number(error.status),
      "message": JSONText.string(error.message), "retry_after": JSONText.number(error.retryAfter),
    ])
  }
}
