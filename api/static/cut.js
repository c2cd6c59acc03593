/* Marking a passage with the mouse fills in the form that does without: the words, and which of several places it is. */
"use strict";

(() => {
  const text = document.querySelector("[data-cutting]");
  const words = document.querySelector("#f-words");
  const occurrence = document.querySelector("#f-occurrence");
  if (!text || !words || !occurrence) return;
  for (const told of document.querySelectorAll("[data-only-script]")) told.hidden = false;

  function places(whole, part) {
    const found = [];
    for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + part.length)) found.push(at);
    return found;
  }

  function take() {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0);
    const part = range.toString().trim();
    if (!part) return;
    const ahead = document.createRange();
    ahead.selectNodeContents(text);
    ahead.setEnd(range.startContainer, range.startOffset);
    const start = ahead.toString().length + range.toString().indexOf(part);
    const all = places(text.textContent, part);
    words.value = part;
    const place = all.indexOf(start);
    occurrence.value = all.length > 1 && place >= 0 ? String(place + 1) : "";
  }

  text.addEventListener("mouseup", take);
  text.addEventListener("keyup", take);
})();
