#pragma once
#include <sqlite3.h>
#include <string.h>

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

// Whether the file of a connection begins as databases do; also where that cannot be read, or there is nothing in it yet. To
// open the file for that would take SQLite's locks from this process when it is closed.
static inline int csqlite_begins_as_database(sqlite3 *database) {
  sqlite3_file *file = 0;
  char beginning[16];
  int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK || !file || !file->pMethods) return 1;
  if (file->pMethods->xRead(file, beginning, sizeof beginning, 0) != SQLITE_OK) return 1;
  return memcmp(beginning, "SQLite format 3", sizeof beginning) == 0;
}

// SQLITE_TRANSIENT is a cast that Swift does not import: SQLite copies the text.

static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 length) {
  return sqlite3_bind_text64(statement, index, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline void csqlite_result_text(sqlite3_context *context, const char *text, sqlite3_uint64 length) {
  sqlite3_result_text64(context, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}
