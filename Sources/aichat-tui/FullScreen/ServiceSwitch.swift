import ChatModel
import ChatScreen

/// Does what the screen asks of the services that there are: says what models one has, and has another answer.
struct ServiceSwitch: Sendable {
  let catalog: ProviderCatalog
  let connection: ChatConnection
  let talk: SavedTalk

  /// Has the next turns go where was chosen. Where that cannot be set up, all stays as it was.
  func adopt(_ choices: Choices) async -> AppEvent {
    do throws(CommandFailure) {
      let configuration = try catalog.configuration(for: choices)
      await talk.setService(try connection.service(for: configuration))
      return .adopted(choices, configuration.facts)
    } catch {
      return .notAdopted(choices, ChatError(.config, error.message))
    }
  }

  /// Asks a configured provider for its models; its key goes to it alone.
  func models(of provider: String) async -> AppEvent {
    var choices = Choices()
    choices.provider = provider
    do throws(CommandFailure) {
      let service = try connection.service(for: catalog.configuration(for: choices, needsModel: false))
      do throws(ChatError) {
        return .models(.success(try await connection.session.listModels(of: service)), of: provider)
      } catch { return .models(.failure(error), of: provider) }
    } catch {
      return .models(.failure(ChatError(.config, error.message)), of: provider)
    }
  }
}
