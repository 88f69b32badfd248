import Glibc

/// stdin, stdout and stderr, which a parent may have left closed.
enum StandardDescriptors {
  /// Puts the null device where one is missing, in the wrong mode: to use it stays an error. Else the next socket
  /// that is opened would get the number, and the answer would be written into it. To be called before anything is opened.
  static func complete() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is this one.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
