// What went wrong, or was done, until it is closed.
import { notice } from '../state/notices'

export function NoticeBar() {
  const shown = notice.value
  const isError = shown?.kind === 'error'
  return (
    <div class="notice-area">
      <div role="alert">{isError && <Notice text={shown.text} kind="error" />}</div>
      <div role="status">
        {shown !== null && !isError && <Notice text={shown.text} kind="information" />}
      </div>
    </div>
  )
}

function Notice({ text, kind }: { text: string; kind: string }) {
  return (
    <div class={`notice ${kind}`}>
      <p>{text}</p>
      <button
        type="button"
        aria-label="Close this message"
        onClick={() => {
          notice.value = null
        }}
      >
        <span aria-hidden="true">×</span>
      </button>
    </div>
  )
}
