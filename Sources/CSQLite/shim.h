#pragma once
#include <sqlite3.h>

#ifdef __linux__
#include <sys/statfs.h>
#endif

#if SQLITE_VERSION_NUMBER < 3035000
#error "SQLite 3.35 or newer is needed"
#endif

// The kind of file system that a path lies on, as statfs(2) numbers them; 0 where nobody knows.
static inline unsigned long csqlite_file_system(const char *path) {
#ifdef __linux__
  struct statfs status;
  if (statfs(path, &status) == 0) return (unsigned long)status.f_type & 0xFFFFFFFFul;
#endif
  return 0;
}

// SQLITE_TRANSIENT is a cast that Swift does not import: SQLite copies the text.

static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 length) {
  return sqlite3_bind_text64(statement, index, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline void csqlite_result_text(sqlite3_context *context, const char *text, sqlite3_uint64 length) {
  sqlite3_result_text64(context, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}
