# How every C++ target of the project is compiled.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set_property(GLOBAL PROPERTY USE_FOLDERS ON)

# Errors are values, so nothing throws: third-party code that we compile (GoogleTest) has to be
# built the same way for its types to be laid out the same.
add_compile_options(-fno-exceptions -fno-rtti)

if(EMSCRIPTEN)
  include(StowageEmscripten)
endif()

if(STOWAGE_SANITIZE)
  add_compile_options(
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Shows the fuzzers which code an input reaches.
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
  # Checks in the standard library itself: indexing past the end, invalid iterators.
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

# Warnings, and what else only our own code gets.
function(stowage_target target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
    $<$<BOOL:${STOWAGE_WERROR}>:-Werror>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # It sees overlapping copies in "literal" + std::string where there are none (GCC bug 105651).
    target_compile_options(${target} PRIVATE -Wno-restrict)
  endif()
  if(EMSCRIPTEN)
    # There, positions in memory have 32 bits: every iterator + int64 would warn. The native builds
    # check the other conversions to 32 bits.
    target_compile_options(${target} PRIVATE -Wno-shorten-64-to-32)
  endif()
  if(STOWAGE_LTO)
    set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION ON)
  endif()
endfunction()

# The sources below `folder`, found again at every build: a new file needs no change here.
macro(stowage_sources variable folder pattern)
  file(GLOB_RECURSE ${variable} CONFIGURE_DEPENDS
    "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/${pattern}")
endmacro()

set(STOWAGE_DATA "$ENV{STOWAGE_DATA}" CACHE PATH
  "Public benchmark problems; by default ../shared/data beside the checkout")
if(NOT STOWAGE_DATA)
  cmake_path(SET STOWAGE_DATA NORMALIZE "${PROJECT_SOURCE_DIR}/../shared/data")
endif()

# Where tests and benchmarks find their inputs, as string literals. The benchmark problems are not
# part of the repository and may be absent.
function(stowage_define_paths target)
  target_compile_definitions(${target} PRIVATE
    STOWAGE_FIXTURES_DIR="${PROJECT_SOURCE_DIR}/tests/fixtures"
    STOWAGE_EXAMPLES_DIR="${PROJECT_SOURCE_DIR}/examples"
    STOWAGE_DATA_DIR="${STOWAGE_DATA}")
endfunction()
