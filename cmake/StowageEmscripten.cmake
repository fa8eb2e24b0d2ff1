# What Emscripten needs to know, from Debian 12's 3.1.6 to a current emsdk.

add_compile_options(-msimd128)

# The names of unbound types need RTTI.
add_compile_definitions(EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)

if(EMSCRIPTEN_VERSION VERSION_LESS 3.1.27)
  set(STOWAGE_WASM_STACK -sTOTAL_STACK=1MB)
else()
  set(STOWAGE_WASM_STACK -sSTACK_SIZE=1MB)
endif()

# Full, not thin: Debian's package holds Emscripten's own libraries for the former only, and built
# without RTTI only, which the linker is told again.
set(CMAKE_CXX_COMPILE_OPTIONS_IPO -flto)
set(CMAKE_CXX_LINK_OPTIONS_IPO -flto)
add_link_options(-fno-exceptions -fno-rtti)

# A search may hold gigabytes, and takes as much as it needs.
add_link_options(
  -sSTRICT=1
  -sALLOW_MEMORY_GROWTH=1
  -sMAXIMUM_MEMORY=4GB
  ${STOWAGE_WASM_STACK})

# Links an executable as the ES module that the npm package wraps. The package always supplies the
# bytes of the .wasm file, so the glue needs no loader for Node; it evaluates no strings, so that a
# page may forbid that.
function(stowage_wasm_module target)
  target_link_options(${target} PRIVATE
    --no-entry
    -sMODULARIZE=1
    -sEXPORT_ES6=1
    -sEXPORT_NAME=createModule
    -sENVIRONMENT=web,worker
    -sFILESYSTEM=0
    -sDYNAMIC_EXECUTION=0
    -sTEXTDECODER=2
    -sINCOMING_MODULE_JS_API=instantiateWasm,print,printErr,onAbort)
endfunction()

# Links an executable as a program for Node, with Node's own file system.
function(stowage_wasm_program target)
  target_link_options(${target} PRIVATE
    -sENVIRONMENT=node
    -sNODERAWFS=1
    -sWASM_ASYNC_COMPILATION=0
    -sEXIT_RUNTIME=1)
  # Node takes a .js file for an ES module or not depending on the nearest package.json.
  set_target_properties(${target} PROPERTIES SUFFIX .cjs)
endfunction()
