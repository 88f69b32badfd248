#include "CCmark.h"

#include <pthread.h>

// Extensions change tables that all parsers of the process share while they parse, so parsers take turns.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static cmark_node *parse(const char *bytes, size_t count) {
  static const char *const names[] = {"table", "strikethrough", "tasklist", "autolink"};
  cmark_gfm_core_extensions_ensure_registered();
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
  if (parser == NULL) return NULL;
  for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
    cmark_syntax_extension *extension = cmark_find_syntax_extension(names[index]);
    if (extension != NULL) cmark_parser_attach_syntax_extension(parser, extension);
  }
  cmark_parser_feed(parser, bytes, count);
  cmark_node *document = cmark_parser_finish(parser);
  cmark_parser_free(parser);
  return document;
}

cmark_node *ccmark_parse(const char *bytes, size_t count) {
  pthread_mutex_lock(&turn);
  cmark_node *document = parse(bytes, count);
  pthread_mutex_unlock(&turn);
  return document;
}
