/// The look of an exported page: the reader's own fonts and scheme.
enum HTMLStyle {
  static let text = """
    :root { color-scheme: light dark; --line: #8884; --quiet: #5f6368; --ask: #1a73e814; --code: #8881; }
    @media (prefers-color-scheme: dark) { :root { --quiet: #a0a6ad; --ask: #8ab4f81f; } }
    body { margin: 0; font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
    main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
    main + main { border-top: 3px double var(--line); }
    h1 { font-size: 1.5rem; line-height: 1.25; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0 0 2rem; color: var(--quiet);
      font-size: .85rem; }
    dd { margin: 0; }
    article { border-top: 1px solid var(--line); padding: .75rem 0; unicode-bidi: isolate; }
    article.user { background: var(--ask); padding: .75rem 1rem; border-radius: .5rem; border-top: 0; }
    article > h2 { font-size: .95rem; margin: 0; }
    article h3, article h4 { font-size: 1.1rem; margin: 1.2em 0 .4em; }
    article h5, article h6 { font-size: 1rem; margin: 1.2em 0 .4em; }
    .details { margin: 0 0 .5rem; color: var(--quiet); font-size: .8rem; }
    .plain { white-space: pre-wrap; }
    .system .plain, .tool .plain { font-size: .9rem; color: var(--quiet); }
    .call { margin-bottom: .25rem; font-weight: 600; }
    .ending, summary, blockquote { color: var(--quiet); }
    blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid var(--line); }
    pre { overflow-x: auto; padding: .75rem; background: var(--code); border-radius: .5rem; }
    code { font-family: ui-monospace, monospace; font-size: .9em; }
    table { border-collapse: collapse; display: block; overflow-x: auto; }
    th, td { border: 1px solid var(--line); padding: .25rem .6rem; }
    @media print { article, pre { break-inside: avoid-page; } }
    """
}
