// The style sheet of the shadow tree. Adopted, as a content security policy may forbid <style>.
import { probeRules } from './scheme.js'

const rules = `
  :host {
    display: block;
    position: relative;
    contain: layout style;
    overflow: hidden;
    block-size: 28rem;
    min-block-size: 10rem;
    min-inline-size: 12rem;
    font: 12px/1.35 system-ui, sans-serif;
    -webkit-tap-highlight-color: transparent;
    outline: none;
  }
  :host([hidden]) { display: none; }
  .frame { position: absolute; inset: 0; display: flex; flex-direction: column;
    color: var(--text); background: var(--background); font-family: var(--font);
    container-type: inline-size; font-variant-numeric: tabular-nums; outline: 0 solid var(--text); outline-offset: -2px; }
  :host(:focus-visible) .frame { outline-width: 2px; }
  .body { flex: 1; display: flex; min-block-size: 0; }
  .stage { position: relative; flex: 1; min-block-size: 0; min-inline-size: 0; overflow: hidden; cursor: default;
    user-select: none; -webkit-user-select: none; touch-action: pan-y; }
  .stage.is-zoomed { touch-action: none; }
  .stage.is-panning { cursor: grabbing; }
  canvas { position: absolute; display: block; pointer-events: none; }
  .legend { flex: none; display: flex; flex-wrap: wrap; align-items: center; gap: 0 12px;
    min-block-size: 26px; max-block-size: 60px; overflow: hidden; box-sizing: border-box;
    padding: 3px 8px; margin: 0; list-style: none; white-space: nowrap; }
  .legend li { display: flex; align-items: center; gap: 5px; }
  .swatch { inline-size: 11px; block-size: 11px; border-radius: 2px;
    box-shadow: inset 0 0 0 1px rgb(128 128 128 / 50%); }
  .outline, .ghost { position: absolute; inset: 0 auto auto 0; box-sizing: border-box;
    pointer-events: none; }
  .outline { border: 2px solid var(--text); outline: 1px solid var(--background); }
  .ghost { border: 2px dashed var(--text); }
  .clip { position: absolute; overflow: hidden; pointer-events: none; }
  .cursor { position: absolute; inset: 0 auto auto 0; inline-size: 1px; background: var(--text);
    opacity: 0.55; pointer-events: none; }
  .cursor-label { position: absolute; inset: 0 auto auto 0; padding: 1px 5px; border-radius: 3px;
    color: var(--background); background: var(--text); pointer-events: none; white-space: nowrap; }
  .card { position: absolute; inset: 0 auto auto 0; box-sizing: border-box; max-inline-size: 20rem;
    max-inline-size: min(20rem, 100%); padding: 8px 10px; border-radius: 6px; color: var(--text);
    background: color-mix(in srgb, var(--background) 94%, var(--text));
    border: 1px solid var(--grid); box-shadow: 0 4px 16px rgb(0 0 0 / 22%); pointer-events: none; }
  .card-title { font-weight: 600; overflow-wrap: anywhere; margin-block-end: 4px; }
  .card dl { display: grid; grid-template-columns: auto 1fr; gap: 1px 10px; margin: 0; }
  .card dt { opacity: 0.72; }
  .card dd { margin: 0; text-align: end; overflow-wrap: anywhere; }
  .minimap { position: absolute; border: 1px solid var(--grid); border-radius: 4px;
    overflow: hidden; background: var(--background); box-shadow: 0 2px 10px rgb(0 0 0 / 25%);
    opacity: 0.94; cursor: pointer; touch-action: none; }
  .minimap canvas { inset: 0; inline-size: 100%; block-size: 100%; }
  .seen { position: absolute; inset: 0 auto auto 0; box-sizing: border-box;
    border: 2px solid var(--text); outline: 1px solid var(--background); cursor: grab;
    background: color-mix(in srgb, var(--text) 10%, transparent); pointer-events: none; }
  .message { position: absolute; inset: 0; display: grid; place-items: center; padding: 1rem;
    text-align: center; opacity: 0.8; pointer-events: none; }
  .lists { flex: none; inline-size: 13rem; box-sizing: border-box; padding: 0 8px 8px;
    overflow-y: auto; border-inline-start: 1px solid var(--grid); }
  .list-title { font-weight: 600; padding-block-start: 8px; }
  .list-note { opacity: 0.72; }
  .list { margin: 4px 0; padding: 0; list-style: none; }
  .list button { all: unset; box-sizing: border-box; display: flex; gap: 8px;
    inline-size: 100%; padding: 2px 6px; margin-block-end: 1px; border-radius: 3px; cursor: pointer;
    background: linear-gradient(color-mix(in srgb, var(--text) 14%, transparent) 0 0)
      0 0 / var(--share) 100% no-repeat; }
  .list button:hover { outline: 1px solid var(--grid); }
  .list button[aria-pressed='true'] { outline: 2px solid var(--text); outline-offset: -2px; }
  .list button:focus-visible { outline: 2px solid var(--text); }
  .list-id { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  @container (max-width: 36rem) {
    .body { flex-direction: column; }
    .lists { inline-size: auto; block-size: 35%; border-inline: none;
      border-block-start: 1px solid var(--grid); }
  }
  .status { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden;
    clip-path: inset(50%); white-space: nowrap; }
  [hidden] { display: none !important; }
  ${probeRules}`

let sheet: CSSStyleSheet | undefined

/** One for all elements of the page, made when the first is shown. */
export function styleSheet(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(rules)
  }
  return sheet
}
