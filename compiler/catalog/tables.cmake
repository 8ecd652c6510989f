# CATALOG_SOURCES: the C file that tables.awk makes of the snapshots in compiler/catalog/data, for layer(catalog).
find_program(AWK awk REQUIRED)

set(CATALOG_SOURCES ${CMAKE_CURRENT_BINARY_DIR}/catalog_generated/catalog_tables.c)
set(CATALOG_FOLDER ${CMAKE_CURRENT_SOURCE_DIR}/compiler/catalog)
file(GLOB CATALOG_DATA CONFIGURE_DEPENDS ${CATALOG_FOLDER}/data/*.tsv)
list(REMOVE_ITEM CATALOG_DATA ${CATALOG_FOLDER}/data/majors.tsv)
list(PREPEND CATALOG_DATA ${CATALOG_FOLDER}/data/majors.tsv)
file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/catalog_generated)

add_custom_command(
  OUTPUT ${CATALOG_SOURCES}
  COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C
          ${AWK} -f ${CATALOG_FOLDER}/majors.awk -f ${CATALOG_FOLDER}/tables.awk ${CATALOG_DATA} > ${CATALOG_SOURCES}
  DEPENDS ${CATALOG_FOLDER}/majors.awk ${CATALOG_FOLDER}/tables.awk ${CATALOG_DATA}
  COMMENT "Making the tables of PostgreSQL's catalog"
  VERBATIM)
