# find_package(migc): the compiler and migc_add_migrate(), from an installed tree.
get_filename_component(MIGC_LIBDIR ${CMAKE_CURRENT_LIST_DIR} REALPATH)
get_filename_component(MIGC_EXECUTABLE ${MIGC_LIBDIR}/../../bin/migc ABSOLUTE)
if(NOT EXISTS ${MIGC_EXECUTABLE})
  set(migc_FOUND FALSE)
  set(migc_NOT_FOUND_MESSAGE "the compiler is not beside its runtime: ${MIGC_EXECUTABLE}")
  return()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/migc.cmake)
