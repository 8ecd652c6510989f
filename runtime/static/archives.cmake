# libmigrate-static.a: see merge and not_available.c.
file(GLOB postgres_folders /usr/lib/postgresql/*/lib)
list(SORT postgres_folders COMPARE NATURAL ORDER DESCENDING)
set(archives "")
foreach(name pq pgcommon pgport ssl crypto popt)
  find_library(MIGC_STATIC_${name} lib${name}.a HINTS ${postgres_folders})
  if(NOT MIGC_STATIC_${name})
    message(FATAL_ERROR "lib${name}.a is missing: install libpq-dev, postgresql-server-dev, libssl-dev and "
                        "libpopt-dev, or configure with -DMIGC_STATIC=OFF")
  endif()
  list(APPEND archives ${MIGC_STATIC_${name}})
endforeach()

add_library(migrate_not_available STATIC static/not_available.c)
target_compile_definitions(migrate_not_available PRIVATE _GNU_SOURCE)
house_flags(migrate_not_available)

set(merged ${MIGC_LIBDIR}/libmigrate-static.a)
set(merge ${CMAKE_CURRENT_SOURCE_DIR}/static/merge)
set(redefine ${CMAKE_CURRENT_SOURCE_DIR}/static/redefine)
add_custom_command(
  OUTPUT ${merged}
  COMMAND ${merge} ${merged} ${redefine} ${CMAKE_OBJCOPY} ${CMAKE_AR}
          $<TARGET_FILE:migrate_runtime> $<TARGET_FILE:migrate_not_available> ${archives}
  DEPENDS ${merge} ${redefine} migrate_runtime migrate_not_available ${archives}
  VERBATIM)
add_custom_target(migrate_static ALL DEPENDS ${merged})

# The renamed getaddrinfo is bound to libc's by the linker, behind libc, from which freeaddrinfo has brought it in: a
# reference from an object, or from before, would bring ld's warning that look-ups of a static program need glibc's
# modules, which not_available.c sees to.
set(link -static -s -Wl,--gc-sections @LIBDIR@/libmigrate-static.a -lc -Wl,--defsym=migrate_getaddrinfo=getaddrinfo)
list(JOIN link " " link)
file(CONFIGURE OUTPUT ${MIGC_LIBDIR}/link-static CONTENT "${link}\n" ESCAPE_QUOTES NEWLINE_STYLE UNIX @ONLY)
list(APPEND installed ${merged} ${MIGC_LIBDIR}/link-static)
