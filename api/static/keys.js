/* Keys for whoever works off the queue. Everything that a key does is a link, a button or a box of the page. */
"use strict";

(() => {
  const COOKIE = "attrtrack-keys";
  const LIST = [["j", "下一行"], ["k", "上一行"], ["Enter", "打开这一行"]];
  const BOXES = [["x", "选中或取消选中这一行"], ["Shift+X", "选中本页全部无争议的，再按取消"]];
  const STEPS = [["j", "下一份"], ["k", "上一份"]];
  const rows = [...document.querySelectorAll("[data-rows] tbody tr")];
  let row = -1;

  const isOn = () => !document.cookie.split("; ").includes(`${COOKIE}=off`);

  function turn(on) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${COOKIE}=${on ? "on" : "off"}; path=/; max-age=31536000; samesite=strict${secure}`;
  }

  function go(to) {
    if (!rows.length) return;
    rows[row]?.classList.remove("current");
    row = Math.max(0, Math.min(rows.length - 1, to));
    rows[row].classList.add("current");
    rows[row].querySelector("[data-open]").focus();
    rows[row].scrollIntoView({ block: "nearest" });
  }

  function pick(box) {
    if (!box) return;
    box.checked = !box.checked;
    count();
  }

  function count() {
    const told = document.querySelector("[data-counts]");
    if (!told) return;
    told.dataset.first ??= told.textContent;
    const chosen = document.querySelectorAll("[data-rows] input:checked").length;
    told.textContent = chosen ? `已选 ${chosen} 份` : told.dataset.first;
  }

  function pickAll() {
    const boxes = [...document.querySelectorAll("[data-rows] input[type=checkbox]")];
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
    count();
  }

  function press(key) {
    const target = document.querySelector(`[data-key="${key}"]`);
    if (!target) return false;
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      target.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    } else if (target.hasAttribute("data-key-focus")) {
      target.focus();
      target.scrollIntoView({ block: "center" });
    } else {
      target.click();
    }
    return true;
  }

  function act(key) {
    if (rows.length) {
      if (key === "j" || key === "ArrowDown") return go(row + 1), true;
      if (key === "k" || key === "ArrowUp") return go(row - 1), true;
      if (key === "x") return pick(rows[row]?.querySelector("input[type=checkbox]")), true;
      if (key === "X") return pickAll(), true;
    }
    if (key === "?" || key === "？") return help(), true;
    if (!rows.length && (key === "j" || key === "k")) return press(key === "j" ? "n" : "p");
    return key.length === 1 && press(key);
  }

  const isTyping = (target) => target.closest("input:not([type=checkbox]):not([type=radio]):not([type=submit]), textarea, select, [contenteditable], dialog");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape" && !event.target.closest("dialog")) event.target.blur();
      return;
    }
    const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (arrow && (row < 0 || !rows[row].contains(document.activeElement))) return;
    if (!arrow && !isOn()) return;
    if (act(event.key)) event.preventDefault();
  });

  document.addEventListener("focusin", (event) => {
    const at = rows.indexOf(event.target.closest("tr"));
    if (at < 0 || at === row) return;
    rows[row]?.classList.remove("current");
    row = at;
    rows[row].classList.add("current");
  });
  document.addEventListener("change", count);

  function made(tag, text, named = {}) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    return Object.assign(element, named);
  }

  function keysHere() {
    const known = rows.length ? [...LIST] : document.querySelector('[rel="next"], [rel="prev"]') ? [...STEPS] : [];
    if (document.querySelector("[data-rows] input[type=checkbox]")) known.push(...BOXES);
    for (const target of document.querySelectorAll("[data-key][data-key-says]")) {
      known.push([target.dataset.key, target.dataset.keySays]);
    }
    return [...known, ["Esc", "离开正在填写的栏"], ["?", "这份帮助"]];
  }

  function help() {
    const dialog = made("dialog", "", { className: "keys" });
    dialog.setAttribute("aria-labelledby", "keys-title");
    dialog.append(made("h2", "键盘快捷键", { id: "keys-title" }));
    const list = made("dl");
    for (const [key, words] of keysHere()) {
      const term = made("dt");
      term.append(made("kbd", key));
      list.append(term, made("dd", words));
    }
    const box = made("input", "", { type: "checkbox", checked: isOn(), id: "keys-on" });
    box.addEventListener("change", () => turn(box.checked));
    const label = made("label", "使用单键快捷键（只记在这台电脑的浏览器里）", { htmlFor: "keys-on" });
    label.prepend(box);
    const close = made("button", "关闭", { className: "button", type: "button" });
    close.addEventListener("click", () => dialog.close());
    const foot = made("p", "", { className: "buttons" });
    foot.append(close);
    dialog.append(list, label, foot);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    close.focus();
  }

  const opener = made("button", "键盘快捷键 ?", { className: "keys-help", type: "button" });
  opener.addEventListener("click", help);
  (document.querySelector("[data-keys]") ?? document.querySelector("footer")).append(opener);
})();
