/* Shows at once what a declaration would bring, while its form is filled in; without this script a button does the same. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-look]");
  if (!form || !window.fetch || !window.DOMParser) return;
  const told = form.querySelector("[data-look-told]");
  let asked = 0;

  const look = async () => {
    const mine = (asked += 1);
    const fields = new URLSearchParams(new FormData(form));
    fields.set("act", "look");
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, credentials: "same-origin", redirect: "error" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("#findings");
      if (mine !== asked || !answer.ok || !found) return;
      for (const id of ["findings", "text"]) {
        const fresh = page.getElementById(id);
        const old = document.getElementById(id);
        if (fresh && old) old.replaceWith(document.adoptNode(fresh));
      }
      const count = found.querySelectorAll(".finding.block").length;
      const flagged = found.querySelectorAll(".finding.flag").length;
      told.textContent = count ? `这样认定会被拦下：${count} 条，见“${found.querySelector("h2").firstChild.textContent}”。`
        : flagged ? `不会被拦下，但有 ${flagged} 条需要核对。` : "不会被拦下。";
    } catch {
      told.textContent = "";
    }
  };
  form.addEventListener("change", look);
})();
