// How a module ends when it cannot get memory.
#pragma once

#include <emscripten/em_js.h>

#include <new>

// Ends the module when an allocation fails. It cannot go on: without C++ exceptions nobody could
// catch the failure, and operator new must not return. The text becomes the reason in `onAbort`.
EM_JS(void, stowage_abort_out_of_memory, (), { abort("out of memory"); });

namespace {

// Before any allocation that is worth counting.
[[maybe_unused]] const std::new_handler kPrevious =
    std::set_new_handler([] { stowage_abort_out_of_memory(); });

}  // namespace
