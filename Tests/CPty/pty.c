#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CPty.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#endif

// Between fork and exec only async-signal-safe calls are allowed: the test process has threads.

static void reset_signals(void) {
  for (int i = 1; i < NSIG; i++) signal(i, SIG_DFL);
  // Threads that Dispatch made block all signals, and a child inherits the mask.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, 0);
}

static void close_all_but(int keep) {
  long limit = sysconf(_SC_OPEN_MAX);
  if (limit < 0 || limit > 65536) limit = 65536;
  for (int fd = 3; fd < limit; fd++)
    if (fd != keep) close(fd);
}

static void tell(int fd, int word) {
  ssize_t written = write(fd, &word, sizeof word);
  (void)written;
}

/// The session leader's life: starts the program, then reports what becomes of it.
static void lead(int slave, int report, const char *path, char *const argv[], char *const envp[]) {
  setsid();
  ioctl(slave, TIOCSCTTY, 0);
  for (int fd = 0; fd < 3; fd++) dup2(slave, fd);
  close_all_but(report);
  pid_t program = fork();
  if (program == 0) {
    setpgid(0, 0);
    signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(0, getpid());
    reset_signals();
    close(report);
    execve(path, argv, envp);
    _exit(127);
  }
  setpgid(program, program);
  // The kernel hangs up on the leader when the terminal goes; the program's end must still be told.
  signal(SIGHUP, SIG_IGN);
  signal(SIGTTOU, SIG_IGN);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, 0);
  tell(report, program);
  for (int fd = 0; fd < 3; fd++) close(fd);
  for (;;) {
    int status;
    pid_t who = waitpid(program, &status, WUNTRACED | WCONTINUED);
    if (who < 0 && errno == EINTR) continue;
    if (who < 0) _exit(1);
    tell(report, status);
    if (WIFEXITED(status) || WIFSIGNALED(status)) _exit(0);
  }
}

int cpty_spawn(cpty_process *process, const char *path, char *const argv[], char *const envp[], int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  int report[2];
  if (openpty(&process->master, &process->slave, 0, 0, &size)) return -1;
  if (pipe(report) || tcgetattr(process->slave, &process->settings)) return -1;
  int parents[] = {process->master, process->slave, report[0], report[1]};
  for (int i = 0; i < 4; i++) fcntl(parents[i], F_SETFD, FD_CLOEXEC);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  process->leader = fork();
  if (process->leader == 0) lead(process->slave, report[1], path, argv, envp);
  pthread_sigmask(SIG_SETMASK, &before, 0);
  close(report[1]);
  process->status = report[0];
  if (process->leader < 0) return -1;
  int pid;
  if (read(report[0], &pid, sizeof pid) != sizeof pid) return -1;
  process->pid = pid;
  fcntl(process->master, F_SETFL, O_NONBLOCK);
  fcntl(process->status, F_SETFL, O_NONBLOCK);
  return 0;
}

int cpty_resize(int master, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(master, TIOCSWINSZ, &size);
}

int cpty_exit_code(int status) {
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : -1;
}

int cpty_is_stopped(int status) { return WIFSTOPPED(status); }
int cpty_is_continued(int status) { return WIFCONTINUED(status); }
