# Finds an Emscripten tree and hands over to the toolchain file in it. Looked for, in this order:
# STOWAGE_EMSCRIPTEN_ROOT, emsdk (EMSDK), em++ in the PATH, Debian's package.

if(NOT STOWAGE_EMSCRIPTEN_ROOT)
  find_program(STOWAGE_EMXX em++ NO_CMAKE_FIND_ROOT_PATH)
  if(STOWAGE_EMXX)
    file(REAL_PATH "${STOWAGE_EMXX}" emxx)
    cmake_path(GET emxx PARENT_PATH emxx_folder)
  endif()
  foreach(folder IN ITEMS "$ENV{EMSDK}/upstream/emscripten" "${emxx_folder}"
                          "${emxx_folder}/../libexec" /usr/share/emscripten)
    if(EXISTS "${folder}/cmake/Modules/Platform/Emscripten.cmake")
      set(STOWAGE_EMSCRIPTEN_ROOT "${folder}" CACHE PATH "The root of the Emscripten tree")
      break()
    endif()
  endforeach()
endif()
if(NOT STOWAGE_EMSCRIPTEN_ROOT)
  message(FATAL_ERROR "No Emscripten found: install Debian's package emscripten, or activate an "
                      "emsdk (https://emscripten.org/docs/getting_started/downloads.html).")
endif()
# CMake includes this file again for each of its own small checks.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES STOWAGE_EMSCRIPTEN_ROOT)

# Debian's Emscripten takes its JavaScript libraries from Debian's Node, which need not be the
# Node that runs it.
if(STOWAGE_EMSCRIPTEN_ROOT STREQUAL "/usr/share/emscripten")
  set(ENV{NODE_PATH} /usr/share/nodejs)
  set(CMAKE_CXX_LINKER_LAUNCHER "${CMAKE_COMMAND};-E;env;NODE_PATH=/usr/share/nodejs")
endif()

include("${STOWAGE_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake")
