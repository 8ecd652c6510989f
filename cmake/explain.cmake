# EXPLAIN_SOURCES: the explain pages as C, generated from diagnostics.def and compiler/source/explain/*.md.
set(folder ${CMAKE_CURRENT_SOURCE_DIR}/compiler/source)
set(output ${CMAKE_CURRENT_BINARY_DIR}/source_generated/explain_pages.h)
file(GLOB pages CONFIGURE_DEPENDS ${folder}/explain/*.md)
add_custom_command(
  OUTPUT ${output}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/source_generated
  COMMAND awk -v pages=${folder}/explain -f ${CMAKE_CURRENT_SOURCE_DIR}/cmake/explain.awk ${folder}/diagnostics.def > ${output}.new
  COMMAND ${CMAKE_COMMAND} -E rename ${output}.new ${output}
  DEPENDS ${pages} ${folder}/diagnostics.def cmake/explain.awk
  VERBATIM)
set(EXPLAIN_SOURCES ${output})
