# GRAMMAR_SOURCES: the parser and the lexer, written by bison and re2c at build, never committed.
find_program(BISON bison REQUIRED)
find_program(RE2C re2c REQUIRED)
set(generated ${CMAKE_CURRENT_BINARY_DIR}/syntax_generated)
set(grammar ${CMAKE_CURRENT_SOURCE_DIR}/grammar)
file(MAKE_DIRECTORY ${generated})
add_custom_command(
  OUTPUT ${generated}/parser.c ${generated}/parser.h
  COMMAND ${BISON} -Wall -Wcounterexamples -Werror --no-lines --output=${generated}/parser.c
          --header=${generated}/parser.h ${grammar}/parser.y
  DEPENDS ${grammar}/parser.y
  VERBATIM)
add_custom_command(
  OUTPUT ${generated}/lexer.c
  COMMAND ${RE2C} -W -Werror --no-debug-info --no-generation-date --output ${generated}/lexer.c ${grammar}/lexer.re
  DEPENDS ${grammar}/lexer.re
  VERBATIM)
# Code that the generators write is not held to our level of warnings.
set_source_files_properties(${generated}/parser.c ${generated}/lexer.c PROPERTIES COMPILE_OPTIONS
  "-Wno-conversion;-Wno-sign-conversion;-Wno-switch-enum;-Wno-shadow;-Wno-unused-function")
set(GRAMMAR_SOURCES ${generated}/parser.c ${generated}/parser.h ${generated}/lexer.c)
