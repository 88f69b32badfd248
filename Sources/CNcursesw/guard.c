#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#include "CNcursesw.h"
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int terminal = -1;
static struct termios settings;
static char reset[512];
static int reset_count;
static volatile sig_atomic_t guarded;

// What ends a program that does not handle it: crashes, and signals that only others send.
static const int crashes[] = {
    SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSYS, SIGQUIT, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2,
    SIGXCPU, SIGXFSZ,
#ifdef __linux__
    SIGIO, SIGPWR, SIGSTKFLT,
#endif
};
enum { CRASHES = sizeof crashes / sizeof *crashes };
static struct sigaction before[CRASHES];

/// Async-signal-safe: tcsetattr, write and sigprocmask are.
static void restore(void) {
  if (!guarded) return;
  guarded = 0;
  // In the background the terminal is not ours, and touching it would stop us.
  sigset_t ttou;
  sigemptyset(&ttou);
  sigaddset(&ttou, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &ttou, 0);
  ssize_t written = write(terminal, reset, (size_t)reset_count);
  (void)written;
  tcsetattr(terminal, TCSANOW, &settings);
}

static void on_crash(int number, siginfo_t *info, void *context) {
  (void)context;
  restore();
  // What was there before us, the default or a crash reporter, goes on from here: on return the fault happens again.
  // A signal that was sent must be sent again.
  for (int i = 0; i < CRASHES; i++)
    if (crashes[i] == number) sigaction(number, &before[i], 0);
  if (info->si_code <= 0 || number == SIGTRAP) raise(number);
}

static void catch_crashes(void) {
  // Stack overflow leaves no stack to handle it on. Never freed: it is in use until the end.
  static char stack[65536];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, 0);
  for (int i = 0; i < CRASHES; i++) {
    struct sigaction action = {0};
    action.sa_sigaction = on_crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    sigaction(crashes[i], &action, &before[i]);
  }
  atexit(restore);
}

void cnc_guard(int fd, const struct termios *wanted, const char *bytes, int count) {
  static int caught;
  guarded = 0;
  terminal = fd;
  settings = *wanted;
  reset_count = count < (int)sizeof reset ? count : (int)sizeof reset;
  memcpy(reset, bytes, (size_t)reset_count);
  if (!caught) catch_crashes();
  caught = 1;
  guarded = 1;
}

void cnc_unguard(void) { guarded = 0; }
