#pragma once
// The wide functions are declared only then; pkg-config's flags do not reach Swift's importer.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdint.h>
#include <termios.h>

// What Swift cannot import from curses.h: globals, macros, variadic functions. All curses calls belong to one thread.

/// A cell as ncurses takes it: a base and at most four combining scalars (`CCHARW_MAX`), 0 where there is none. A base
/// of 0 is the right half of the wide cell before it.
typedef struct {
  uint32_t scalars[5];
  uint32_t attributes;  ///< Of CNC_BOLD…
  int16_t pair;         ///< A colour pair's number; 0 is the terminal's own.
} cnc_cell;

enum { CNC_BOLD = 1, CNC_DIM = 2, CNC_ITALIC = 4, CNC_UNDERLINE = 8, CNC_REVERSE = 16 };

/// Opens the terminal of standard input and output: 0, or -1 where the type in TERM is not known.
int cnc_open(void);
/// How many colours and colour pairs the terminal has.
int cnc_colors(void);
int cnc_color_pairs(void);
int cnc_rows(void);
int cnc_columns(void);
/// Has the next `cnc_update` repaint everything.
void cnc_invalidate(void);
/// Empties the screen, on the next update.
void cnc_erase(void);
/// Writes cells into a row from a column on.
void cnc_put_cells(int row, int column, const cnc_cell *cells, int count);
/// Moves the rows from `top` to `bottom` up by `lines`, down where it is negative; those left behind are blank.
void cnc_scroll(int top, int bottom, int lines);
/// Whether ncurses may move what stands in a row aside, to insert and delete there.
void cnc_allow_shifting(int is_allowed);
/// Has ncurses say how the terminal gets from what it shows to what was put, with the cursor at a place at the end; a
/// negative row hides it. The bytes, `*count` of them, are the caller's to send; they are good until the next call.
const uint8_t *cnc_update(int row, int column, int *count);
/// A terminfo string without its padding, into `out`; its length, 0 where there is none or no room.
int cnc_capability(const char *name, char *out, int size);
/// Uses the user's locale for characters if it is UTF-8, else any that is.
void cnc_use_unicode(void);
/// The window's size as the system knows it: 0, or -1 where it says nothing.
int cnc_window_size(int fd, int *rows, int *columns);

// Signals. There is one pipe for the process, since handlers are the process's too.

/// Makes each of the signals a byte (its number) on a pipe, and has SIGPIPE ignored; the reading end, non-blocking, or
/// -1 with errno. HUP and INT stay ignored where the parent had them ignored (nohup, background jobs).
int cnc_route_signals(const int *signals, int count);
/// Stops the process as Ctrl-Z would have, with its group or alone; returns when it goes on. The signals are routed again
/// then.
void cnc_stop(int with_group);
/// Whether the caller is the process's first thread.
int cnc_is_main_thread(void);

// What restores the terminal when nothing else is left to do it.

/// From now on a crash (SIGSEGV and its like) and `exit` restore the settings of `fd` and write `bytes` to it first.
/// Called again, only the settings and bytes are replaced.
void cnc_guard(int fd, const struct termios *settings, const char *bytes, int count);
/// The terminal is restored: a crash or `exit` leaves it alone.
void cnc_unguard(void);
