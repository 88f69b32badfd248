#define _GNU_SOURCE
#include "CNcursesw.h"
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wchar.h>

int cnc_open(void) {
  // initscr would end the program where the terminal is not known.
  if (!newterm(NULL, stdout, stdin)) return -1;
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

void cnc_put_row(int row, const cnc_cell *cells, int count) {
  // Cell by cell, by place: no call here moves on to the next row, so the last cell of the last row can be written.
  for (int column = 0; column < count; column++) {
    const cnc_cell *cell = cells + column;
    if (!cell->scalars[0]) continue;
    wchar_t text[6] = {0};
    for (int i = 0; i < 5; i++) text[i] = (wchar_t)cell->scalars[i];
    cchar_t glyph;
    if (setcchar(&glyph, text, attributes(cell->attributes), cell->pair, NULL) == ERR)
      setcchar(&glyph, L"?", attributes(cell->attributes), cell->pair, NULL);
    mvwadd_wchnstr(stdscr, row, column, &glyph, 1);
  }
}

void cnc_update(int row, int column) {
  curs_set(row >= 0);
  if (row >= 0) wmove(stdscr, row, column);
  wnoutrefresh(stdscr);
  doupdate();
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
