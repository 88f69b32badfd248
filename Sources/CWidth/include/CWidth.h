#pragma once
#include <stdint.h>

/// The columns of one Unicode scalar by the C library: 0 what combines, 1, 2 wide, -1 not printable.
/// Asks in a UTF-8 locale of its own, whatever locale the process has; safe on any thread.
int cwidth_columns(uint32_t scalar);
