#pragma once
#include <string.h>
#include <vterm.h>

/// A cell without the bit fields and unions that Swift cannot read. Colours are palette indexes, -1 for the default.
typedef struct {
  unsigned int scalars[VTERM_MAX_CHARS_PER_CELL];
  int width, bold, italic, underline, reverse, foreground, background;
} vt_cell;

enum { VT_LINK_ROWS = 512, VT_LINK_COLUMNS = 512 };

/// The modes that the emulator keeps, and the links of its cells: a cell gets `link` whenever it is written.
typedef struct {
  int alternate_screen, cursor_visible, mouse, link;
  int links[VT_LINK_ROWS][VT_LINK_COLUMNS];
} vt_modes;

static inline int vt_color(VTermColor *color, int is_default) {
  return !is_default && VTERM_COLOR_IS_INDEXED(color) ? color->indexed.idx : -1;
}

static inline int vt_get_cell(VTermScreen *screen, int row, int column, vt_cell *out) {
  VTermScreenCell cell;
  VTermPos place = {.row = row, .col = column};
  memset(out, 0, sizeof *out);
  if (!vterm_screen_get_cell(screen, place, &cell)) return 0;
  for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++) out->scalars[i] = cell.chars[i];
  out->width = cell.width;
  out->bold = cell.attrs.bold;
  out->italic = cell.attrs.italic;
  out->underline = cell.attrs.underline;
  out->reverse = cell.attrs.reverse;
  out->foreground = vt_color(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
  out->background = vt_color(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
  return 1;
}

static inline void vt_cursor(VTerm *terminal, int *row, int *column) {
  VTermPos place;
  vterm_state_get_cursorpos(vterm_obtain_state(terminal), &place);
  *row = place.row;
  *column = place.col;
}

static inline int vt_on_property(VTermProp property, VTermValue *value, void *user) {
  vt_modes *modes = (vt_modes *)user;
  switch (property) {
    case VTERM_PROP_ALTSCREEN: modes->alternate_screen = value->boolean; break;
    case VTERM_PROP_CURSORVISIBLE: modes->cursor_visible = value->boolean; break;
    case VTERM_PROP_MOUSE: modes->mouse = value->number; break;
    default: break;
  }
  return 1;
}

static inline int vt_on_damage(VTermRect rect, void *user) {
  vt_modes *modes = (vt_modes *)user;
  for (int row = rect.start_row; row < rect.end_row && row < VT_LINK_ROWS; row++)
    for (int column = rect.start_col; column < rect.end_col && column < VT_LINK_COLUMNS; column++)
      modes->links[row][column] = modes->link;
  return 1;
}

static inline int vt_on_move(VTermRect to, VTermRect from, void *user) {
  vt_modes *modes = (vt_modes *)user;
  int rows = from.end_row - from.start_row, columns = from.end_col - from.start_col;
  // Rows and columns in the order that reads none after it was written.
  for (int i = 0; i < rows; i++) {
    int row = to.start_row > from.start_row ? rows - 1 - i : i;
    if (to.start_row + row >= VT_LINK_ROWS || from.start_row + row >= VT_LINK_ROWS) continue;
    if (to.start_col + columns > VT_LINK_COLUMNS || from.start_col + columns > VT_LINK_COLUMNS) continue;
    memmove(
        modes->links[to.start_row + row] + to.start_col, modes->links[from.start_row + row] + from.start_col,
        (size_t)columns * sizeof(int));
  }
  return 1;
}

static inline int vt_link(const vt_modes *modes, int row, int column) {
  return row < VT_LINK_ROWS && column < VT_LINK_COLUMNS ? modes->links[row][column] : 0;
}

/// Keeps `modes` up to date; it must outlive the screen.
static inline void vt_follow_modes(VTermScreen *screen, vt_modes *modes) {
  static VTermScreenCallbacks callbacks = {.damage = vt_on_damage, .moverect = vt_on_move, .settermprop = vt_on_property};
  vterm_screen_set_callbacks(screen, &callbacks, modes);
}
