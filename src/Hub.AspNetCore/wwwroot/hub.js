// What makes every page more comfortable; each page works without it.
(() => {
  "use strict";

  // The button for dark and light colours: system, then dark, then light.
  const theme = document.getElementById("theme");
  const order = ["auto", "dark", "light"];
  const show = () => {
    const now = document.documentElement.dataset.theme || "auto";
    theme.textContent = { auto: "\u25D0", dark: "\u263E", light: "\u2600" }[now];
    theme.setAttribute("aria-label", theme.dataset[now]);
    theme.title = theme.dataset[now];
  };
  if (theme) {
    theme.hidden = false;
    show();
    theme.addEventListener("click", () => {
      const now = document.documentElement.dataset.theme || "auto";
      const next = order[(order.indexOf(now) + 1) % order.length];
      if (next === "auto") {
        delete document.documentElement.dataset.theme;
      } else {
        document.documentElement.dataset.theme = next;
      }
      try {
        if (next === "auto") {
          localStorage.removeItem("jupyterhub-theme");
        } else {
          localStorage.setItem("jupyterhub-theme", next);
        }
      } catch {
        // It holds for this page, then.
      }
      show();
    });
  }

  // Times in the reader's own zone; the exact one stays in the title.
  for (const time of document.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
      time.textContent = at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    }
  }

  // data-copy="#id": copies the text of that element.
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.querySelector(button.dataset.copy);
    if (!source || !navigator.clipboard) {
      continue;
    }
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      const before = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = before; }, 2000);
    });
  }

  // data-show="#id": shows what a password field holds.
  for (const button of document.querySelectorAll("button[data-show]")) {
    const field = document.querySelector(button.dataset.show);
    button.hidden = false;
    button.addEventListener("click", () => {
      const isShown = field.type === "text";
      field.type = isShown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!isShown));
    });
  }

  // data-filter="#id": hides the items below that element whose text does not hold what is typed.
  for (const field of document.querySelectorAll("input[data-filter]")) {
    const list = document.querySelector(field.dataset.filter);
    field.hidden = false;
    if (field.labels) {
      for (const label of field.labels) { label.hidden = false; }
    }
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      for (const item of list.querySelectorAll("[data-item]")) {
        item.hidden = wanted !== "" && !item.textContent.toLowerCase().includes(wanted);
      }
    });
  }

  // data-submit: a list that sends its form when another choice is made; its button is for those without scripts.
  for (const field of document.querySelectorAll("select[data-submit]")) {
    field.addEventListener("change", () => field.form.requestSubmit());
  }

  // A form is sent once, however often its button is pressed.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) { delete form.dataset.sent; }
  });
})();
