// The sharing page: another time only where it is wanted, and names while they are typed.
(() => {
  "use strict";

  for (const choice of document.querySelectorAll("select[data-custom]")) {
    const custom = document.querySelector(choice.dataset.custom);
    const show = () => { custom.hidden = choice.value !== "custom"; };
    choice.addEventListener("change", show);
    addEventListener("pageshow", show);
    show();
  }

  for (const field of document.querySelectorAll("input[data-names]")) {
    const list = field.list;
    const kind = () => field.form.querySelector("input[name=kind][type=hidden], input[name=kind]:checked").value;
    let wait = 0;
    let asked = 0;
    const suggest = async () => {
      const number = ++asked;
      const query = new URLSearchParams({ kind: kind(), part: field.value.trim() });
      const answer = await fetch(`${field.dataset.names}?${query}`).catch(() => null);
      if (!answer?.ok || number !== asked) {
        return;
      }
      const names = await answer.json();
      list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
    };
    field.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(suggest, 150);
    });
    for (const radio of field.form.querySelectorAll("input[type=radio][name=kind]")) {
      radio.addEventListener("change", suggest);
    }
  }
})();
