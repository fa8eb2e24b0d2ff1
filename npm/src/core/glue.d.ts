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

/** The same for the pools. */
declare module 'stowage-pool-glue' {
  const createModule: import('./module.js').CreateModule<import('../pool/module.js').PoolModule>
  export default createModule
}

declare module 'stowage-pool-wasm' {
  const inline: string
  export default inline
}

/** The same for the tensors. */
declare module 'stowage-tensor-glue' {
  const createModule: import('./module.js').CreateModule<import('../tensor/module.js').TensorModule>
  export default createModule
}

declare module 'stowage-tensor-wasm' {
  const inline: string
  export default inline
}
