/**
 * Registers `<stowage-plan>`, unless it is registered already or there is no browser.
 *
 * @module stowage/element/define
 */
import { StowagePlanElement } from './element/element.js'
import type { BufferHoverDetail, BufferSelectDetail, ViewChangeDetail } from './element/types.js'

export { StowagePlanElement }

declare global {
  interface HTMLElementTagNameMap {
    'stowage-plan': StowagePlanElement
  }
  interface HTMLElementEventMap {
    bufferselect: CustomEvent<BufferSelectDetail>
    bufferhover: CustomEvent<BufferHoverDetail>
    viewchange: CustomEvent<ViewChangeDetail>
  }
}

const { customElements } = globalThis as { customElements?: CustomElementRegistry }
if (customElements !== undefined && customElements.get('stowage-plan') === undefined) {
  customElements.define('stowage-plan', StowagePlanElement)
}
