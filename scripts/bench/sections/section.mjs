/**
 * What a part of the benchmarks has measured: Markdown, and SVG by the name of the file.
 *
 * @typedef {{ text: string, plots?: Record<string, string> }} Section
 */
export {}
