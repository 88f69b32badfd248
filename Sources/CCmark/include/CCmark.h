#pragma once
// cmark-gfm for Swift: the parser, its tree, and the extensions of GitHub Flavored Markdown.
#include <stddef.h>

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>

/// Parses a text with tables, strikethrough, task lists and bare links. The document is the caller's, for
/// `cmark_node_free`; NULL when there is no memory. May be called on any thread.
cmark_node *ccmark_parse(const char *bytes, size_t count);
