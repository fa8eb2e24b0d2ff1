// What the WebAssembly module exports. Declarations only: planner.cc and view.cc do the work, and
// npm/src/core/module.ts says the same in TypeScript.
#include <emscripten/bind.h>
#include <emscripten/heap.h>

#include "abort.h"
#include "planner.h"
#include "view.h"

EMSCRIPTEN_BINDINGS(stowage_planner) {
  using emscripten::class_;
  using emscripten::function;
  namespace bindings = stowage::bindings;

  function("heapBytes", &emscripten_get_heap_size);

  function("parseProblem", &bindings::parse_problem);
  function("parsePlan", &bindings::parse_plan);
  function("ignoredColumns", &bindings::ignored_columns_of);
  function("writeCsv", &bindings::write_csv);
  function("checkProblem", &bindings::check_problem);
  function("checkParams", &bindings::check_params);
  function("validatePlan", &bindings::validate_plan);
  function("heightOf", &bindings::height_of);
  function("sweep", &bindings::sweep_problem);
  function("overload", &bindings::overload_of);

  class_<bindings::SearchHandle>("Search")
      .constructor<const emscripten::val&, const emscripten::val&>()
      .function("error", &bindings::SearchHandle::error)
      .function("step", &bindings::SearchHandle::step)
      .function("report", &bindings::SearchHandle::report)
      .function("nodes", &bindings::SearchHandle::nodes)
      .function("backtracks", &bindings::SearchHandle::backtracks)
      .function("lowerBound", &bindings::SearchHandle::lower_bound)
      .function("isStarting", &bindings::SearchHandle::is_starting)
      .function("maxLoad", &bindings::SearchHandle::max_load)
      .function("engine", &bindings::SearchHandle::engine)
      .function("height", &bindings::SearchHandle::height)
      .function("offsets", &bindings::SearchHandle::offsets)
      .function("overload", &bindings::SearchHandle::overload);

  class_<bindings::ExplanationHandle>("Explanation")
      .constructor<const emscripten::val&, const emscripten::val&>()
      .function("error", &bindings::ExplanationHandle::error)
      .function("step", &bindings::ExplanationHandle::step)
      .function("subset", &bindings::ExplanationHandle::subset)
      .function("nodes", &bindings::ExplanationHandle::nodes)
      .function("backtracks", &bindings::ExplanationHandle::backtracks);
}

EMSCRIPTEN_BINDINGS(stowage_view) {
  using emscripten::class_;
  using emscripten::function;
  namespace bindings = stowage::bindings;

  function("classify", &bindings::classify_buffers);
  function("theme", &bindings::theme_of);
  function("render", &bindings::render_plan);

  class_<bindings::SceneHandle>("Scene")
      .constructor<const emscripten::val&, const emscripten::val&>()
      .function("extent", &bindings::SceneHandle::extent)
      .function("profile", &bindings::SceneHandle::profile)
      .function("profileColumns", &bindings::SceneHandle::profile_columns)
      .function("setPaint", &bindings::SceneHandle::set_paint)
      .function("draw", &bindings::SceneHandle::draw)
      .function("pick", &bindings::SceneHandle::pick)
      .function("visible", &bindings::SceneHandle::visible)
      .function("locate", &bindings::SceneHandle::locate)
      .function("liveAt", &bindings::SceneHandle::live_at);
}
