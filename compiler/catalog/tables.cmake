# CATALOG_SOURCES: the C file that tables.awk makes of the snapshots in compiler/catalog/data, for layer(catalog).
find_program(AWK awk REQUIRED)

set(CATALOG_SOURCES ${CMAKE_CURRENT_BINARY_DIR}/catalog_generated/catalog_tables.c)
file(GLOB CATALOG_DATA CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/compiler/catalog/data/*/*.tsv)
list(SORT CATALOG_DATA COMPARE NATURAL)
file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/catalog_generated)

add_custom_command(
  OUTPUT ${CATALOG_SOURCES}
  COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C
          ${AWK} -f ${CMAKE_CURRENT_SOURCE_DIR}/compiler/catalog/tables.awk ${CATALOG_DATA} > ${CATALOG_SOURCES}
  DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/compiler/catalog/tables.awk ${CATALOG_DATA}
  COMMENT "Making the tables of PostgreSQL's catalog"
  VERBATIM)
