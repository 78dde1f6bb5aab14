"""A text to copy: read-only, with a button that works by keyboard and says what happened.

What is copied is what the page is about to say: while something that was typed or chosen is on its way, copying waits
for it. A text that changes after it was copied says so.
Where the clipboard is refused or absent, the text is selected and the words say which keys copy it.
The text is only ever set as a value or as text, never as HTML.
"""

from typing import Final

import streamlit as st

HTML: Final = """
<label class="label" for="text"></label>
<div class="row">
  <textarea class="text" id="text" readonly spellcheck="false"></textarea>
  <button class="button" type="button">Copy</button>
</div>
<div class="status" role="status" aria-live="polite"></div>
"""

CSS: Final = """
.label { display: block; color: var(--st-text-color); font: inherit; font-size: 0.875rem; margin-bottom: 0.25rem; }
.row { display: flex; align-items: flex-start; gap: 0.5rem; }
.text {
  flex: 1; min-width: 0; padding: 0.4rem 0.6rem; font-family: var(--st-code-font); font-size: 0.8125rem;
  color: var(--st-text-color); background: var(--st-secondary-background-color); resize: none;
  border: 1px solid var(--st-widget-border-color, var(--st-border-color)); border-radius: var(--st-base-radius);
}
.text[rows="1"] { white-space: pre; overflow: hidden; }
.button {
  padding: 0.4rem 0.8rem; font-family: var(--st-font); font-size: 0.875rem; cursor: pointer;
  color: var(--st-background-color); background: var(--st-primary-color);
  border: 1px solid var(--st-primary-color); border-radius: var(--st-button-radius);
}
.text:focus-visible, .button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.status { min-height: 1.25rem; margin-top: 0.2rem; font-family: var(--st-font); font-size: 0.8125rem;
  color: var(--st-text-color); }
"""

JS: Final = """
const LOOK_AGAIN_MS = 60;
const REMEMBERED_MS = 120000;

export default function (component) {
  const { data, parentElement } = component;
  const label = parentElement.querySelector(".label");
  const text = parentElement.querySelector(".text");
  const button = parentElement.querySelector(".button");
  const status = parentElement.querySelector(".status");
  parentElement.says = data.says;
  label.textContent = data.label;
  button.setAttribute("aria-label", `Copy: ${data.label}`);
  text.rows = data.rows;
  // Drawing the page again may put another element in the place of the one that was copied from.
  const copied = (globalThis.textsCopied ??= new Map());
  const last = copied.get(data.label);
  const elsewhere = last && last.element !== parentElement && Date.now() - last.at < REMEMBERED_MS;
  if (text.value !== data.text) {
    text.value = data.text;
    const changed = elsewhere ? last.text !== data.text : status.textContent === "Copied";
    if (changed) status.textContent = "Changed since it was copied: press Copy again";
  }

  const box = () => data.box && document.querySelector(`.st-key-${data.box} input`);
  // What a box says is not in the text while the server has not told what it makes of it, nor while a run goes on.
  const behind = () => {
    const typed = box();
    return (typed && typed.value !== parentElement.says)
      || document.querySelector('[data-test-script-state="running"], [data-test-script-state="rerunRequested"]');
  };
  // Looked at twice: what was chosen just before is sent a moment after the button is pressed.
  const upToDate = async () => {
    for (let still = 0; still < 2; still = behind() ? 0 : still + 1) {
      await new Promise((again) => setTimeout(again, LOOK_AGAIN_MS));
    }
  };

  // Drawing the page again may put another element in the place of this one, which then goes on with the copy.
  const waiting = (globalThis.copiesAskedFor ??= new Map());
  const copy = async () => {
    waiting.set(data.label, parentElement);
    const typed = box();
    if (typed) typed.blur();  // not every browser leaves a box when a button is pressed
    status.textContent = "";
    if (behind()) status.textContent = "Waiting for what was changed: not copied yet";
    await upToDate();
    if (waiting.get(data.label) !== parentElement) return;
    waiting.delete(data.label);
    if (!text.isConnected) return;
    try {
      await navigator.clipboard.writeText(text.value);
      status.textContent = "Copied";
      copied.set(data.label, { element: parentElement, text: text.value, at: Date.now() });
    } catch {
      text.focus();
      text.select();
      status.textContent = "Press Ctrl+C (Cmd+C on a Mac) to copy";
    }
  };
  button.onclick = copy;
  if (waiting.has(data.label) && waiting.get(data.label) !== parentElement) copy();
}
"""

_mount = st.components.v2.component("copy_text", html=HTML, css=CSS, js=JS)


def copy_text(label: str, text: str, key: str, box: str = "", says: str = "", rows: int = 1) -> None:
    """Draw a text with its label and a button that copies it.

    box: key of the box for text that goes into it; says: what that box says in the text
    """
    _mount(key=key, data={"label": label, "text": text, "box": box, "says": says, "rows": rows})
