#define _GNU_SOURCE
#include "CNcursesw.h"
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

// ncurses writes to a descriptor, in pieces as large as its own buffer. So that a frame leaves whole, the descriptor that
// it knows is turned to a file in memory while it paints, and back to the terminal for all else.
static int output = -1;
static int scratch = -1;

static int open_scratch(void) {
#ifdef __linux__
  return memfd_create("frame", MFD_CLOEXEC);
#else
  char path[] = "/tmp/frame.XXXXXX";
  int fd = mkstemp(path);
  if (fd >= 0) {
    unlink(path);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  return fd;
#endif
}

/// Has `output` stand for another file; -1 where the system refuses.
static int turn_output(int target) {
  int result;
#ifdef __linux__
  do result = dup3(target, output, O_CLOEXEC); while (result < 0 && errno == EINTR);
#else
  do result = dup2(target, output); while (result < 0 && errno == EINTR);
  if (result >= 0) fcntl(output, F_SETFD, FD_CLOEXEC);
#endif
  return result;
}

/// The palette's colours are the terminal's and never redefined here, so there is nothing to reset: ncurses would send a
/// reset whenever it comes back from a stop, and undo what the user has set.
static void keep_palette(void) {
  char *reset = tigetstr("oc");
  if (reset && reset != (char *)-1) reset[0] = 0;
}

int cnc_open(void) {
  output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  FILE *file = output < 0 ? NULL : fdopen(output, "w");
  // initscr would end the program where the terminal is not known.
  if (!newterm(NULL, file ? file : stdout, stdin)) return -1;
  scratch = file ? open_scratch() : -1;
  keep_palette();
  raw();
  noecho();
  nonl();
  // Else an update is put off as long as keys are waiting.
  typeahead(-1);
  leaveok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  return 0;
}

int cnc_colors(void) { return has_colors() ? COLORS : 0; }
int cnc_color_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }
int cnc_rows(void) { return LINES; }
int cnc_columns(void) { return COLS; }
void cnc_erase(void) { werase(stdscr); }
void cnc_invalidate(void) { clearok(curscr, TRUE); }

static attr_t attributes(uint32_t bits) {
  attr_t set = 0;
  if (bits & CNC_BOLD) set |= WA_BOLD;
  if (bits & CNC_DIM) set |= WA_DIM;
  if (bits & CNC_ITALIC) set |= WA_ITALIC;
  if (bits & CNC_UNDERLINE) set |= WA_UNDERLINE;
  if (bits & CNC_REVERSE) set |= WA_REVERSE;
  return set;
}

static cchar_t glyph_of(const cnc_cell *cell) {
  wchar_t text[6] = {0};
  for (int i = 0; i < 5; i++) text[i] = (wchar_t)cell->scalars[i];
  cchar_t glyph;
  if (setcchar(&glyph, text, attributes(cell->attributes), cell->pair, NULL) == ERR)
    setcchar(&glyph, L"?", attributes(cell->attributes), cell->pair, NULL);
  return glyph;
}

void cnc_put_cells(int row, int column, const cnc_cell *cells, int count) {
  // By place: no call here moves on to the next row, so the last cell of the last row can be written. The right half of
  // a wide cell ends a run, so that each run begins where it is meant to.
  cchar_t run[128];
  int index = 0;
  while (index < count) {
    int start = index;
    int length = 0;
    while (index < count && length < 128 && cells[index].scalars[0]) run[length++] = glyph_of(cells + index++);
    if (length) mvwadd_wchnstr(stdscr, row, column + start, run, length);
    if (index < count && !cells[index].scalars[0]) index++;
  }
}

void cnc_scroll(int top, int bottom, int lines) {
  scrollok(stdscr, TRUE);
  wsetscrreg(stdscr, top, bottom);
  wscrl(stdscr, lines);
  wsetscrreg(stdscr, 0, LINES - 1);
  scrollok(stdscr, FALSE);
}

void cnc_allow_shifting(int is_allowed) { idcok(stdscr, is_allowed != 0); }

static void update(int row, int column) {
  curs_set(row >= 0);
  if (row >= 0) wmove(stdscr, row, column);
  wnoutrefresh(stdscr);
  doupdate();
}

/// What the scratch file holds up to its offset, in memory that is used again.
static const uint8_t *read_scratch(int *count) {
  static uint8_t *bytes;
  static size_t room;
  off_t end = lseek(scratch, 0, SEEK_CUR);
  size_t size = end > 0 ? (size_t)end : 0;
  if (size > room) {
    uint8_t *more = realloc(bytes, size * 2);
    if (!more) return NULL;
    bytes = more;
    room = size * 2;
  }
  size_t done = 0;
  while (done < size) {
    ssize_t got = pread(scratch, bytes + done, size - done, (off_t)done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += (size_t)got;
  }
  *count = (int)done;
  return bytes;
}

const uint8_t *cnc_update(int row, int column, int *count) {
  *count = 0;
  int is_caught = scratch >= 0 && lseek(scratch, 0, SEEK_SET) == 0 && turn_output(scratch) >= 0;
  update(row, column);
  if (!is_caught) return NULL;
  turn_output(STDOUT_FILENO);
  return read_scratch(count);
}

int cnc_capability(const char *name, char *out, int size) {
  const char *text = tigetstr(name);
  if (!text || text == (const char *)-1) return 0;
  int count = 0;
  for (; *text; text++) {
    if (text[0] == '$' && text[1] == '<' && strchr(text, '>')) {
      text = strchr(text, '>');
      continue;
    }
    if (count == size) return 0;
    out[count++] = *text;
  }
  return count;
}

void cnc_use_unicode(void) {
  const char *names[] = {"", "C.UTF-8", "C.utf8", "en_US.UTF-8"};
  // Characters only: a decimal comma has no business in the numbers that other libraries write.
  for (int i = 0; i < 4; i++)
    if (setlocale(LC_CTYPE, names[i]) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
}

int cnc_window_size(int fd, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size)) return -1;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return size.ws_row && size.ws_col ? 0 : -1;
}
