#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CNcursesw.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

static volatile int pipe_end = -1;
static sigset_t routed;

static void on_signal(int number) {
  int before = errno;
  unsigned char byte = (unsigned char)number;
  // A full pipe already tells the reader to look.
  ssize_t written = write(pipe_end, &byte, 1);
  (void)written;
  errno = before;
}

static void handle(int number, void (*handler)(int)) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  sigaction(number, &action, 0);
}

int cnc_route_signals(const int *signals, int count) {
  int ends[2];
  if (pipe(ends)) return -1;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  }
  pipe_end = ends[1];
  sigemptyset(&routed);
  for (int i = 0; i < count; i++) {
    struct sigaction before;
    sigaction(signals[i], 0, &before);
    if (before.sa_handler == SIG_IGN && (signals[i] == SIGHUP || signals[i] == SIGINT)) continue;
    sigaddset(&routed, signals[i]);
    handle(signals[i], on_signal);
  }
  handle(SIGPIPE, SIG_IGN);
  return ends[0];
}

void cnc_stop(int with_group) {
  handle(SIGTSTP, SIG_DFL);
  handle(SIGCONT, SIG_DFL);
  sigset_t stop, before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  // With the group, what started us (make, a script) stops too and the shell gets its prompt. `raise` is for this very
  // thread, so that the stop has happened when it returns.
  if (with_group) kill(0, SIGTSTP); else raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &before, 0);
  if (sigismember(&routed, SIGTSTP) == 1) handle(SIGTSTP, on_signal);
  if (sigismember(&routed, SIGCONT) == 1) handle(SIGCONT, on_signal);
}

int cnc_is_main_thread(void) {
#ifdef __linux__
  // The runtime asks at every isolated closure, each cell's say: two system calls each time would be the cost of a frame.
  static _Thread_local int answer = -1;
  if (answer < 0) answer = getpid() == (pid_t)syscall(SYS_gettid);
  return answer;
#else
  return pthread_main_np();
#endif
}
