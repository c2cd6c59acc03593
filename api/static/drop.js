/* A file dropped anywhere on the page is sent at once; without this script the form does the same with its button. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const input = form.querySelector('input[type="file"]');
  const zone = form.querySelector("[data-zone]");
  const told = form.querySelector("[data-drop-told]");
  const largest = Number(form.dataset.largest);
  let sent = false;

  const refusal = (files) => {
    if (files.length > 1) return "一次只读一个文件：请一个一个放。";
    if (files.length === 1 && files[0].size > largest) {
      return `文件超过上限 ${Math.floor(largest / 1048576)} MB：请确认是否选错了文件，或拆分后再传。`;
    }
    return "";
  };
  const carriesFiles = (event) => event.dataTransfer !== null && [...event.dataTransfer.types].includes("Files");

  form.querySelector("[data-drop-hint]").hidden = !window.matchMedia("(pointer: fine)").matches;
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) zone.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.remove("over");
    const files = event.dataTransfer.files;
    told.textContent = refusal(files);
    if (told.textContent || files.length === 0) return;
    input.files = files;
    form.requestSubmit();
  });
  input.addEventListener("change", () => {
    told.textContent = refusal(input.files);
  });
  form.addEventListener("submit", (event) => {
    const fault = refusal(input.files);
    if (fault || sent) {
      event.preventDefault();
      if (fault) told.textContent = fault;
      return;
    }
    sent = true;
    told.textContent = input.files.length ? `正在读 ${input.files[0].name} …` : "正在读…";
  });
  window.addEventListener("pageshow", () => {
    sent = false;
    told.textContent = "";
  });
})();
