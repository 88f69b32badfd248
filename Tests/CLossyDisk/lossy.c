#include "CLossyDisk.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { sector = 512 };

// A write that was not synced yet; without bytes: a change of the size to `offset`.
typedef struct Write {
  struct Write *next;
  sqlite3_int64 offset;
  int length;
  unsigned char *bytes;
} Write;

// What the disk surely holds of a path, and what it may hold.
typedef struct Disk {
  struct Disk *next;
  char *path;
  unsigned char *image;
  sqlite3_int64 size;
  int is_there;       // surely
  int may_come_back;  // removed, but the directory was not synced
  Write *first, **end;
} Disk;

// An open file; the system's own follows it in memory.
typedef struct {
  sqlite3_file base;
  Disk *disk;
} Handle;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs *under;
static Disk *disks;
static int changes, cut;
static sqlite3_int64 room;

static sqlite3_file *real(sqlite3_file *file) { return (sqlite3_file *)((Handle *)file + 1); }

static void resize(Disk *disk, sqlite3_int64 size) {
  if (size > disk->size) {
    disk->image = realloc(disk->image, (size_t)size);
    memset(disk->image + disk->size, 0, (size_t)(size - disk->size));
  }
  disk->size = size;
}

static void put(Disk *disk, const Write *write, int from, int to) {
  if (write->bytes == NULL) return resize(disk, write->offset);
  if (write->offset + to > disk->size) resize(disk, write->offset + to);
  memcpy(disk->image + write->offset + from, write->bytes + from, (size_t)(to - from));
}

static void forget(Disk *disk) {
  for (Write *write = disk->first; write != NULL;) {
    Write *next = write->next;
    free(write->bytes);
    free(write);
    write = next;
  }
  disk->first = NULL;
  disk->end = &disk->first;
}

static void note(Disk *disk, const void *bytes, int length, sqlite3_int64 offset) {
  Write *write = calloc(1, sizeof *write);
  write->offset = offset;
  write->length = length;
  if (bytes != NULL) {
    write->bytes = malloc((size_t)length);
    memcpy(write->bytes, bytes, (size_t)length);
  }
  *disk->end = write;
  disk->end = &write->next;
}

static Disk *find(const char *path) {
  for (Disk *disk = disks; disk != NULL; disk = disk->next)
    if (strcmp(disk->path, path) == 0) return disk;
  return NULL;
}

// What lies at the path before it is opened is there for good.
static Disk *take(const char *path) {
  Disk *disk = find(path);
  if (disk != NULL) {
    if (disk->may_come_back) {
      disk->may_come_back = 0;
      note(disk, NULL, 0, 0);
    }
    return disk;
  }
  disk = calloc(1, sizeof *disk);
  disk->path = strdup(path);
  disk->end = &disk->first;
  FILE *file = fopen(path, "rb");
  if (file != NULL) {
    fseek(file, 0, SEEK_END);
    resize(disk, ftell(file));
    rewind(file);
    disk->is_there = fread(disk->image, 1, (size_t)disk->size, file) == (size_t)disk->size;
    fclose(file);
  }
  disk->next = disks;
  return disks = disk;
}

// Whether the power is still on for one more change.
static int is_on(void) {
  changes++;
  return cut == 0 || changes < cut;
}

static int file_close(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }

static int file_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset) {
  return real(file)->pMethods->xRead(real(file), bytes, length, offset);
}

static int file_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
  Handle *handle = (Handle *)file;
  sqlite3_int64 size = 0;
  pthread_mutex_lock(&lock);
  int status = SQLITE_OK;
  if (handle->disk != NULL) {
    real(file)->pMethods->xFileSize(real(file), &size);
    sqlite3_int64 growth = offset + length > size ? offset + length - size : 0;
    if (!is_on()) status = SQLITE_IOERR_WRITE;
    else if (room >= 0 && growth > room) status = SQLITE_FULL;
    else if (room >= 0) room -= growth;
    // The one that the power fails in may be there too.
    if (status == SQLITE_OK || changes == cut) note(handle->disk, bytes, length, offset);
  }
  if (status == SQLITE_OK) status = real(file)->pMethods->xWrite(real(file), bytes, length, offset);
  pthread_mutex_unlock(&lock);
  return status;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  Handle *handle = (Handle *)file;
  pthread_mutex_lock(&lock);
  int status = SQLITE_OK;
  if (handle->disk != NULL) {
    if (is_on()) note(handle->disk, NULL, 0, size);
    else status = SQLITE_IOERR_TRUNCATE;
  }
  if (status == SQLITE_OK) status = real(file)->pMethods->xTruncate(real(file), size);
  pthread_mutex_unlock(&lock);
  return status;
}

static int file_sync(sqlite3_file *file, int flags) {
  Handle *handle = (Handle *)file;
  (void)flags;  // the disk is this one: the real one is not waited for
  pthread_mutex_lock(&lock);
  int status = SQLITE_OK;
  if (handle->disk != NULL) {
    if (is_on()) {
      for (Write *write = handle->disk->first; write != NULL; write = write->next)
        put(handle->disk, write, 0, write->length);
      forget(handle->disk);
      handle->disk->is_there = 1;
    } else {
      status = SQLITE_IOERR_FSYNC;
    }
  }
  pthread_mutex_unlock(&lock);
  return status;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
static int file_lock(sqlite3_file *file, int level) { return real(file)->pMethods->xLock(real(file), level); }
static int file_unlock(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
static int file_check(sqlite3_file *file, int *is_held) {
  return real(file)->pMethods->xCheckReservedLock(real(file), is_held);
}
static int file_control(sqlite3_file *file, int operation, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
static int file_sector(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
static int file_traits(sqlite3_file *file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }
static int shm_map(sqlite3_file *file, int page, int size, int extends, void volatile **memory) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extends, memory);
}
static int shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
static void shm_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
static int shm_unmap(sqlite3_file *file, int deletes) { return real(file)->pMethods->xShmUnmap(real(file), deletes); }

static const sqlite3_io_methods methods = {
    2,         file_close,  file_read,    file_write, file_truncate, file_sync,  file_size, file_lock,   file_unlock,
    file_check, file_control, file_sector, file_traits, shm_map,       shm_lock, shm_barrier, shm_unmap, NULL,
    NULL};

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *given) {
  (void)vfs;
  Handle *handle = (Handle *)file;
  handle->base.pMethods = NULL;
  pthread_mutex_lock(&lock);
  handle->disk = path == NULL ? NULL : take(path);
  pthread_mutex_unlock(&lock);
  int status = under->xOpen(under, path, real(file), flags, given);
  if (real(file)->pMethods != NULL) handle->base.pMethods = &methods;
  return status;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int syncs) {
  (void)vfs;
  pthread_mutex_lock(&lock);
  Disk *disk = find(path);
  int status = disk == NULL || is_on() ? SQLITE_OK : SQLITE_IOERR_DELETE;
  if (disk != NULL && status == SQLITE_OK) {
    forget(disk);
    disk->may_come_back = disk->is_there && !syncs;
    if (!disk->may_come_back) {
      disk->is_there = 0;
      disk->size = 0;
    }
  }
  if (status == SQLITE_OK) status = under->xDelete(under, path, 0);
  pthread_mutex_unlock(&lock);
  return status;
}

static int disk_access(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
  (void)vfs;
  return under->xAccess(under, path, flags, result);
}
static int disk_name(sqlite3_vfs *vfs, const char *path, int length, char *name) {
  (void)vfs;
  return under->xFullPathname(under, path, length, name);
}
static int disk_random(sqlite3_vfs *vfs, int length, char *bytes) {
  (void)vfs;
  return under->xRandomness(under, length, bytes);
}
static int disk_sleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  return under->xSleep(under, microseconds);
}
static int disk_time(sqlite3_vfs *vfs, double *time) {
  (void)vfs;
  return under->xCurrentTime(under, time);
}
static int disk_error(sqlite3_vfs *vfs, int length, char *text) {
  (void)vfs;
  return under->xGetLastError(under, length, text);
}

void lossy_begin(void) {
  static sqlite3_vfs vfs;
  pthread_mutex_lock(&lock);
  if (under == NULL) {
    under = sqlite3_vfs_find(NULL);
    vfs = (sqlite3_vfs){.iVersion = 1,
                        .szOsFile = (int)sizeof(Handle) + under->szOsFile,
                        .mxPathname = under->mxPathname,
                        .zName = "lossy",
                        .xOpen = disk_open,
                        .xDelete = disk_delete,
                        .xAccess = disk_access,
                        .xFullPathname = disk_name,
                        .xRandomness = disk_random,
                        .xSleep = disk_sleep,
                        .xCurrentTime = disk_time,
                        .xGetLastError = disk_error};
    sqlite3_vfs_register(&vfs, 0);
  }
  while (disks != NULL) {
    Disk *next = disks->next;
    forget(disks);
    free(disks->image);
    free(disks->path);
    free(disks);
    disks = next;
  }
  changes = 0;
  cut = 0;
  room = -1;
  pthread_mutex_unlock(&lock);
}

void lossy_cut_after(int count) {
  pthread_mutex_lock(&lock);
  cut = count == 0 ? 0 : changes + count;
  pthread_mutex_unlock(&lock);
}

int lossy_changes(void) {
  pthread_mutex_lock(&lock);
  int count = changes;
  pthread_mutex_unlock(&lock);
  return count;
}

void lossy_set_room(int64_t bytes) {
  pthread_mutex_lock(&lock);
  room = bytes;
  pthread_mutex_unlock(&lock);
}

static unsigned next_random(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (unsigned)(*state >> 33);
}

// Of a write: all, nothing, or some sectors at its beginning or end.
static void put_some(Disk *disk, const Write *write, uint64_t *state) {
  int sectors = write->length / sector;
  switch (next_random(state) % 4) {
    case 0: return;
    case 1:
      if (sectors > 1) {
        int middle = sector * (1 + (int)(next_random(state) % (unsigned)(sectors - 1)));
        if (next_random(state) % 2 == 0) put(disk, write, 0, middle);
        else put(disk, write, middle, write->length);
        return;
      }
      return;
    default: put(disk, write, 0, write->length);
  }
}

void lossy_fail(uint64_t seed) {
  uint64_t state = seed * 2862933555777941757u + 3037000493u;
  pthread_mutex_lock(&lock);
  for (Disk *disk = disks; disk != NULL; disk = disk->next) {
    char shared[4096];
    snprintf(shared, sizeof shared, "%s-shm", disk->path);
    unlink(shared);
    unlink(disk->path);
    int is_there = disk->is_there || disk->first != NULL;
    if ((!disk->is_there || disk->may_come_back) && next_random(&state) % 2 == 0) is_there = 0;
    if (!is_there) continue;
    for (Write *write = disk->first; write != NULL; write = write->next) put_some(disk, write, &state);
    int file = open(disk->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (sqlite3_int64 done = 0; done < disk->size;) {
      ssize_t count = write(file, disk->image + done, (size_t)(disk->size - done));
      if (count <= 0) abort();
      done += count;
    }
    close(file);
  }
  pthread_mutex_unlock(&lock);
}
