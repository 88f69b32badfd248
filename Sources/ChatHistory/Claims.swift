import ChatModel
import Glibc
import Synchronization

/// Something of the saved chats that only one of the programs which use them is to have in hand.
public enum Claim: Hashable, Sendable {
  /// A place for what is typed for a conversation, nil for the one that is not begun; each program that has it open takes another.
  case draft(ConversationID?, slot: Int)
  /// An answer that is being written.
  case answer(MessageID)

  fileprivate var name: String {
    switch self {
    case .draft(let id, let slot): "draft \(slot) \(id?.text ?? "")"
    case .answer(let id): "answer \(id.text)"
    }
  }
}

/// What this program has in hand, told to the others.
///
/// Each claim is one byte, far out, of an empty file beside the database, and is locked while it holds. The system takes locks
/// back when a program ends, however it ends, so nothing is left behind by one that was killed; a lease would want clocks that
/// agree and an idle program that wakes up to renew it. Locks of open files (`F_OFD_SETLK`) work over NFS too, and are not lost
/// when the file is closed elsewhere in the process. Where a file system has no locks, everything is free: as if there were no
/// other program.
final class Claims: Sendable {
  private let path: String?
  private let descriptor = Mutex<Int32>(-1)

  init(_ path: String?) { self.path = path }

  deinit { descriptor.withLock { if $0 >= 0 { close($0) } } }

  /// Takes something in hand; false where another program has it.
  func take(_ claim: Claim) -> Bool {
    descriptor.withLock { descriptor in
      if descriptor < 0, let path {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor >= 0 { fchmod(descriptor, 0o600) }
      }
      guard descriptor >= 0 else { return true }
      return Self.set(F_WRLCK, claim, descriptor) || (errno != EAGAIN && errno != EACCES)
    }
  }

  /// Lets others have it.
  func giveUp(_ claim: Claim) {
    descriptor.withLock { if $0 >= 0 { _ = Self.set(F_UNLCK, claim, $0) } }
  }

  /// `F_OFD_SETLK`, which Swift does not see.
  private static let setLock: Int32 = 37

  private static func set(_ type: Int32, _ claim: Claim, _ descriptor: Int32) -> Bool {
    var lock = flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = place(of: claim.name)
    lock.l_len = 1
    return fcntl(descriptor, setLock, &lock) == 0
  }

  /// The byte of a name (FNV-1a): that two names have the same one is as good as impossible.
  private static func place(of name: String) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
    return Int(hash >> 2)
  }
}
