#include "CTaskPool.h"

#ifdef __linux__

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

// What the Swift runtime exports for this purpose; swift/Runtime/Concurrency.h is the source. The hook's type there is
// `void (*)(Job *, swift_task_enqueueGlobal_original)` with Swift's calling convention.
typedef struct Job Job;
extern __attribute__((swiftcall)) void swift_job_run(Job *job, void *identity, void *implementation);
extern void *swift_task_enqueueGlobal_hook;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
// A thread that waits for a job. The one that went to sleep last is woken first: its caches are the warmest.
struct sleeper {
  pthread_cond_t wake;
  struct sleeper *next;
  int is_called;
};
static struct sleeper *sleepers;
// A ring that grows: a job cannot be refused, and has no link that is ours to use.
static Job **ring;
static size_t head, count, capacity;
static int idle, started, limit;
// True on the pool's own threads, which look for another job after each.
static _Thread_local int is_ours;

static void grow(void) {
  size_t larger = capacity == 0 ? 256 : capacity * 2;
  Job **fresh = malloc(larger * sizeof *fresh);
  if (fresh == NULL) abort();  // as Swift's own allocation does
  for (size_t i = 0; i < count; i++) fresh[i] = ring[(head + i) % capacity];
  free(ring);
  ring = fresh;
  head = 0;
  capacity = larger;
}

// Called under the lock, and back under it.
static void sleep_until_called(void) {
  struct sleeper self = {.wake = PTHREAD_COND_INITIALIZER, .next = sleepers, .is_called = 0};
  sleepers = &self;
  idle++;
  while (!self.is_called) pthread_cond_wait(&self.wake, &lock);
  pthread_cond_destroy(&self.wake);
}

// Called under the lock.
static void call_sleeper(void) {
  struct sleeper *last = sleepers;
  if (last == NULL) return;
  sleepers = last->next;
  idle--;
  last->is_called = 1;
  pthread_cond_signal(&last->wake);
}

static void *run(void *unused) {
  is_ours = 1;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (count == 0) sleep_until_called();
    Job *job = ring[head];
    head = (head + 1) % capacity;
    count--;
    pthread_mutex_unlock(&lock);
    swift_job_run(job, NULL, NULL);  // no identity: the default executor
    pthread_mutex_lock(&lock);
  }
  return unused;
}

// Called under the lock. A thread that cannot be had is done without, unless it is the only one.
static void start_thread(void) {
  sigset_t all, previous;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &previous);  // signals are the main thread's
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, NULL) == 0) {
    pthread_detach(thread);
    started++;
  } else if (started == 0) {
    abort();
  }
  pthread_sigmask(SIG_SETMASK, &previous, NULL);
}

static __attribute__((swiftcall)) void enqueue(Job *job, void *original) {
  (void)original;
  pthread_mutex_lock(&lock);
  if (count == capacity) grow();
  ring[(head + count) % capacity] = job;
  count++;
  // The first job that one of our threads leaves is for itself: as a rule what it does is all but done, since jobs hand on to
  // each other, and waking another thread for every step costs more than the steps. A second job wakes one.
  int is_for_itself = is_ours && count == 1;
  if (!is_for_itself) {
    if (count > (size_t)idle && started < limit) start_thread();
    call_sleeper();
  }
  pthread_mutex_unlock(&lock);
}

void ctp_install(int threads) {
  limit = threads < 1 ? 1 : threads;
  swift_task_enqueueGlobal_hook = (void *)enqueue;
}

#else

void ctp_install(int threads) { (void)threads; }

#endif
