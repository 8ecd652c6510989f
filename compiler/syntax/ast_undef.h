/* Ends a reading of ast.def. Included more than once on purpose. */
#undef NODE
#undef WORD
#undef WORDS
#undef REF
#undef REFS
#undef TEXT
#undef TEXTS
#undef SQL
#undef FLAG
#undef CHILD
#undef CHILDREN
#undef CHOICE
