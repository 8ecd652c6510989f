# layer(FOLDER [USES layer...] [LINKS library...] [SOURCES generated.c...])
#
# A folder of sources is a layer: one static library, named after the folder's last part, whose include path is the folder
# itself. A layer sees its own headers, those of the layers that it USES and what these use; an include of anything else
# does not compile. LINKS names libraries from outside the project: only this layer compiles against them.
function(layer folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;LINKS;SOURCES")
  get_filename_component(name ${folder} NAME)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.c)
  list(FILTER sources EXCLUDE REGEX "/blank\\.c$")
  add_library(${name} STATIC ${sources} ${arg_SOURCES})
  target_include_directories(${name} PUBLIC ${folder} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${name}_generated)
  target_link_libraries(${name} PUBLIC ${arg_USES} PRIVATE ${arg_LINKS})
  house_flags(${name})
endfunction()

# house_flags(TARGET): the level of warnings and the banned functions, for everything that is ours.
function(house_flags target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion -Wsign-conversion
    -Wswitch-enum -Wformat=2 -Wvla -Wundef -Wcast-qual -Wwrite-strings -Wpointer-arith
    -include ${PROJECT_SOURCE_DIR}/cmake/poison.h
    $<$<BOOL:${MIGC_WERROR}>:-Werror>)
endfunction()
