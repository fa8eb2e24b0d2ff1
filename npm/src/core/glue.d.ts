/** Emscripten's loader, which the build puts here. */
declare module 'stowage-glue' {
  const createModule: import('./module.js').CreateModule
  export default createModule
}

/** The WebAssembly module, gzip in base64, which the build puts here. */
declare module 'stowage-wasm' {
  const inline: string
  export default inline
}

/** The version in package.json, which the build puts here. */
declare const STOWAGE_VERSION: string
