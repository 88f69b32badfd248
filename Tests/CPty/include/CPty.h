#pragma once
#include <sys/types.h>
#include <termios.h>

/// A program on a pseudo terminal, run as a shell runs a job: in a process group of its own, in the foreground, below a
/// small process that leads the session. Without that one the kernel would not let Ctrl-Z stop the program.
typedef struct {
  pid_t pid;     ///< The program.
  pid_t leader;  ///< The session's leader; to be waited for in the end.
  int master;    ///< The terminal's side; non-blocking.
  int slave;     ///< The program's side, kept open so that its modes can be read after the program has gone.
  struct termios settings;  ///< The terminal's, before the program started.
  int status;    ///< A wait status (an int) comes out here whenever the program stops, goes on or ends; EOF after the end.
} cpty_process;

/// Starts a program; 0, or -1 with errno.
int cpty_spawn(cpty_process *process, const char *path, char *const argv[], char *const envp[], int rows, int columns);
int cpty_resize(int master, int rows, int columns);

/// What a wait status says: the exit code, or 128 + the signal that killed it; -1 where it has not ended.
int cpty_exit_code(int status);
int cpty_is_stopped(int status);
int cpty_is_continued(int status);
