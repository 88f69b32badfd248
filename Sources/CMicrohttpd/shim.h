#pragma once
// libmicrohttpd for Swift. Swift sees neither variadic functions nor macros with casts; these inline functions give
// them types. What the server means by them is written in ChatServer's HTTPServer.swift.
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/// The sizes a daemon is started with.
struct mhd_limits {
  unsigned int connections;
  /// Seconds after which a connection without activity is closed; 0: never.
  unsigned int idle_seconds;
  /// Bytes of memory a connection has for its headers and its output.
  size_t memory;
};

/// Leaves paths and queries as they were written: what they mean is decided in one place, and not here.
static inline size_t mhd_leave_escaped(void *context, struct MHD_Connection *connection, char *text) {
  (void)context;
  (void)connection;
  return strlen(text);
}

/// Starts a daemon on `address`, of IPv4 or IPv6, with a thread for each connection. NULL on failure, errno says why.
static inline struct MHD_Daemon *mhd_start(
    const struct sockaddr_storage *address, struct mhd_limits limits, MHD_AccessHandlerCallback handle,
    MHD_RequestCompletedCallback completed, MHD_NotifyConnectionCallback connected, void *context) {
  const unsigned int family = address->ss_family == AF_INET6 ? MHD_USE_IPv6 : 0;
  return MHD_start_daemon(
      // ITC: a thread that ends wakes the listener, which joins it; without it, it stays until the next connection.
      MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_ITC | family, 0, NULL, NULL, handle, context,
      MHD_OPTION_SOCK_ADDR, (const struct sockaddr *)address, MHD_OPTION_NOTIFY_COMPLETED, completed, context,
      MHD_OPTION_NOTIFY_CONNECTION, connected, context, MHD_OPTION_UNESCAPE_CALLBACK, mhd_leave_escaped, NULL,
      MHD_OPTION_CONNECTION_LIMIT, limits.connections, MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.memory, MHD_OPTION_THREAD_STACK_SIZE, (size_t)(512 * 1024),
      MHD_OPTION_STRICT_FOR_CLIENT, (int)1, MHD_OPTION_END);
}

/// Where the next part of a request's head must begin.
struct mhd_head_reading {
  const char *next;
  bool is_whole;
};

/// Follows one part of a head, as it lies in memory: its name and value end in the byte that stood behind them.
static inline enum MHD_Result mhd_follow(
    void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
  struct mhd_head_reading *reading = (struct mhd_head_reading *)context;
  // A header's line ends in two bytes, an argument in one.
  const size_t end = kind == MHD_HEADER_KIND ? 2 : 1;
  const char *last = value != NULL ? value : name;
  reading->is_whole = reading->is_whole && name == reading->next;
  reading->next = last + strlen(last) + end;
  return MHD_YES;
}

/// The iterator for MHD_get_connection_values.
static inline enum MHD_Result mhd_follow_argument(
    void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
  return mhd_follow(context, kind, name, value);
}

/// False where a NUL hides a part of the request's head: libmicrohttpd before 1.0 takes a name, a value or a path to end
/// there. It divides the head where it lies, so what was divided must follow one another without a gap. From 1.0 on it
/// sees to that itself.
static inline bool mhd_head_is_whole(struct MHD_Connection *connection, const char *path, const char *version) {
  if (MHD_get_version()[0] != '0') return true;
  struct mhd_head_reading reading = {path + strlen(path) + 1, true};
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, mhd_follow_argument, &reading);
  // A mark without arguments behind it leaves one byte.
  if (!reading.is_whole || version < reading.next || version > reading.next + 1) return false;
  reading.next = version + strlen(version) + 2;
  MHD_get_connection_values(connection, MHD_HEADER_KIND, mhd_follow_argument, &reading);
  return reading.is_whole;
}

/// The port that the daemon listens on; 0 when it is not known.
static inline uint16_t mhd_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info == NULL ? 0 : info->port;
}

/// The daemon that the connection belongs to.
static inline struct MHD_Daemon *mhd_connection_daemon(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_DAEMON);
  return info == NULL ? NULL : info->daemon;
}

/// The connection's socket; -1 when it is not known.
static inline int mhd_connection_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == NULL ? -1 : info->connect_fd;
}

/// Sets the seconds without activity after which the connection is closed; 0: never.
static inline void mhd_set_timeout(struct MHD_Connection *connection, unsigned int seconds) {
  MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds);
}

/// What a content reader returns at the regular end of a body.
static inline ssize_t mhd_end_of_stream(void) { return MHD_CONTENT_READER_END_OF_STREAM; }

/// What a content reader returns to cut the connection in the middle of a body.
static inline ssize_t mhd_end_with_error(void) { return MHD_CONTENT_READER_END_WITH_ERROR; }

/// A body whose length is not known when it begins; it is sent in chunks.
static inline uint64_t mhd_size_unknown(void) { return MHD_SIZE_UNKNOWN; }

/// A descriptor that a thread can be woken through; -1 on failure.
static inline int mhd_wake_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

/// Makes the descriptor readable.
static inline void mhd_wake_signal(int descriptor) {
  uint64_t one = 1;
  ssize_t ignored = write(descriptor, &one, sizeof one);  // fails only when it is readable already
  (void)ignored;
}

/// Waits until the descriptor is signalled, and takes the signal (1), or the peer of the socket has gone (0).
static inline int mhd_wake_wait(int descriptor, int socket) {
#ifdef POLLRDHUP
  const short gone = POLLRDHUP;
#else
  const short gone = 0x2000;  // Linux's value, hidden without _GNU_SOURCE
#endif
  struct pollfd both[2] = {{descriptor, POLLIN, 0}, {socket, gone, 0}};
  while (poll(both, 2, -1) < 0) {  // EINTR, or the machine is short of memory: again
  }
  if (both[1].revents != 0) return 0;
  uint64_t count;
  ssize_t ignored = read(descriptor, &count, sizeof count);
  (void)ignored;
  return 1;
}
