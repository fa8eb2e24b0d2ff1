# GoogleTest from its sources, as it has to be compiled as our own code is: without exceptions,
# with the sanitizers, as WebAssembly. A native build without the sources takes an installed one.
# Sets STOWAGE_GOOGLETEST_FOUND.

set(STOWAGE_GOOGLETEST_SOURCE /usr/src/googletest CACHE PATH
  "A GoogleTest source tree (Debian: package googletest)")

if(EXISTS "${STOWAGE_GOOGLETEST_SOURCE}/CMakeLists.txt")
  set(INSTALL_GTEST OFF)
  if(EMSCRIPTEN)
    set(gtest_disable_pthreads ON CACHE BOOL "" FORCE)
  endif()
  add_subdirectory("${STOWAGE_GOOGLETEST_SOURCE}" "${CMAKE_BINARY_DIR}/googletest"
    EXCLUDE_FROM_ALL SYSTEM)
  foreach(library IN ITEMS gtest gtest_main gmock)
    if(NOT TARGET GTest::${library})
      add_library(GTest::${library} ALIAS ${library})
    endif()
  endforeach()
  set(STOWAGE_GOOGLETEST_FOUND ON)
elseif(NOT EMSCRIPTEN AND NOT STOWAGE_SANITIZE)
  find_package(GTest QUIET)
  set(STOWAGE_GOOGLETEST_FOUND ${GTest_FOUND})
else()
  set(STOWAGE_GOOGLETEST_FOUND OFF)
endif()
