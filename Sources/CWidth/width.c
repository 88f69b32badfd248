// wcwidth is an XSI function, which the C libraries' Swift modules leave out.
#define _GNU_SOURCE
#include "CWidth.h"
#include <locale.h>
#include <pthread.h>
#include <wchar.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

static locale_t unicode;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Widths do not depend on the language, only on the encoding, so one locale serves all.
static void find_locale(void) {
  const char *names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};
  for (int i = 0; i < 3 && !unicode; i++) unicode = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
}

int cwidth_columns(uint32_t scalar) {
  pthread_once(&once, find_locale);
  if (!unicode) return wcwidth((wchar_t)scalar);
#ifdef __APPLE__
  return wcwidth_l((wchar_t)scalar, unicode);
#else
  locale_t before = uselocale(unicode);
  int columns = wcwidth((wchar_t)scalar);
  uselocale(before);
  return columns;
#endif
}
