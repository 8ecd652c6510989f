# migc_add_migrate(TARGET [DIR db] [DYNAMIC] [NATIVE FILE.c...])
#
# An executable TARGET, what takes over from Knex in a deployment: the migrations of the folder DIR (default: db),
# compiled by migc and linked with its runtime. It is built anew when a .mig file changes, comes or goes. The program
# is fully static, unless DYNAMIC is given, MIGC_STATIC is OFF or this is a build with sanitizers. The files behind
# NATIVE have the functions that the migrations call by `call native`; the linker names those that are missing.
#
# Works inside migc's own tree and, by find_package(migc), from an installed one. Run as a script (cmake -D FOLDER=...
# -P) this file writes FOLDER/unity.c, which includes every C file of the folder.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  file(GLOB sources RELATIVE ${FOLDER} ${FOLDER}/*.c)
  list(REMOVE_ITEM sources unity.c)
  list(SORT sources)
  list(TRANSFORM sources REPLACE "(.+)" "#include \"\\1\"\n")
  string(JOIN "" text ${sources})
  file(WRITE ${FOLDER}/unity.c "${text}")
  return()
endif()

set(MIGC_CMAKE ${CMAKE_CURRENT_LIST_FILE} CACHE INTERNAL "this file")

# The words of a link-* file, for target_link_libraries.
function(migc_link_words file result)
  file(READ ${MIGC_LIBDIR}/${file} text)
  string(REPLACE "@LIBDIR@" ${MIGC_LIBDIR} text "${text}")
  separate_arguments(words UNIX_COMMAND "${text}")
  set(${result} ${words} PARENT_SCOPE)
endfunction()

function(migc_add_migrate target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "DYNAMIC" "DIR" "NATIVE")
  if(NOT arg_DIR)
    set(arg_DIR db)
  endif()
  get_filename_component(folder ${arg_DIR} ABSOLUTE)
  set(compiler ${MIGC_EXECUTABLE})
  set(runtime ${MIGC_LIBDIR}/libmigrate.a)
  if(TARGET migrate_runtime)
    set(compiler migc)
  endif()

  set(link link-dynamic)
  if(EXISTS ${MIGC_LIBDIR}/link-static AND NOT arg_DYNAMIC AND (MIGC_STATIC OR NOT DEFINED MIGC_STATIC))
    set(link link-static)
    set(runtime ${MIGC_LIBDIR}/libmigrate-static.a)
  endif()

  file(GLOB_RECURSE migrations CONFIGURE_DEPENDS ${folder}/*.mig ${folder}/migrations.lock)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${target}_generated)
  add_custom_command(
    OUTPUT ${generated}/unity.c
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${generated}
    COMMAND ${compiler} emit ${folder} -o ${generated}
    COMMAND ${CMAKE_COMMAND} -D FOLDER=${generated} -P ${MIGC_CMAKE}
    DEPENDS ${migrations} ${compiler} ${MIGC_CMAKE}
    COMMENT "Compiling the migrations of ${arg_DIR}"
    VERBATIM)

  migc_link_words(${link} words)
  add_executable(${target} ${generated}/unity.c ${arg_NATIVE})
  target_include_directories(${target} PRIVATE ${MIGC_LIBDIR}/include)
  target_link_libraries(${target} PRIVATE ${words})
  if(TARGET migrate_runtime)
    add_dependencies(${target} migrate_runtime)
  endif()
  if(TARGET migrate_static)
    add_dependencies(${target} migrate_static)
  endif()
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${MIGC_LIBDIR}/${link} ${runtime})
endfunction()
