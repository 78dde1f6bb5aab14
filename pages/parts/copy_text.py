"""A text to copy: read-only, with a button that works by keyboard and says what happened.

Where the clipboard is refused or absent, the text is selected and the words say which keys copy it.
The text is only ever set as a value or as text, never as HTML.
"""

from typing import Final

import streamlit as st

HTML: Final = """
<label class="label" for="text"></label>
<div class="row">
  <input class="text" id="text" type="text" readonly spellcheck="false">
  <button class="button" type="button">Copy</button>
</div>
<div class="status" role="status" aria-live="polite"></div>
"""

CSS: Final = """
.label { display: block; color: var(--st-text-color); font: inherit; font-size: 0.875rem; margin-bottom: 0.25rem; }
.row { display: flex; gap: 0.5rem; }
.text {
  flex: 1; min-width: 0; padding: 0.4rem 0.6rem; font-family: var(--st-code-font); font-size: 0.8125rem;
  color: var(--st-text-color); background: var(--st-secondary-background-color);
  border: 1px solid var(--st-widget-border-color, var(--st-border-color)); border-radius: var(--st-base-radius);
}
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
export default function (component) {
  const { data, parentElement } = component;
  const label = parentElement.querySelector(".label");
  const text = parentElement.querySelector(".text");
  const button = parentElement.querySelector(".button");
  const status = parentElement.querySelector(".status");
  label.textContent = data.label;
  button.setAttribute("aria-label", `Copy: ${data.label}`);
  if (text.value !== data.text) {
    text.value = data.text;
    status.textContent = "";
  }
  button.onclick = async () => {
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(text.value);
      status.textContent = "Copied";
    } catch {
      text.focus();
      text.select();
      status.textContent = "Press Ctrl+C (Cmd+C on a Mac) to copy";
    }
  };
}
"""

_mount = st.components.v2.component("copy_text", html=HTML, css=CSS, js=JS)


def copy_text(label: str, text: str, key: str) -> None:
    """Draw a text with its label and a button that copies it."""
    _mount(key=key, data={"label": label, "text": text})
