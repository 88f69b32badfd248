#pragma once
#include <stdint.h>

/// A file system for SQLite, named "lossy", over the system's own: it knows which writes were synced, and can lose the others
/// as a power failure does. One for the whole process: who uses it does so alone.

/// Registers it, and forgets all files.
void lossy_begin(void);

/// Fails everything that changes a file from the `count`-th such call on, as if the power went then; 0 for never.
void lossy_cut_after(int count);

/// How many calls have changed files since the beginning.
int lossy_changes(void);

/// Lets the files grow by that many bytes in all; what goes beyond finds the disk full. Negative for no limit.
void lossy_set_room(int64_t bytes);

/// Makes of the files what a disk may hold after the power failed: every write since a file's last sync is there, is not, or
/// is there in part; so is a file that was never synced, and one whose removal was not. To be called when none is open.
void lossy_fail(uint64_t seed);
