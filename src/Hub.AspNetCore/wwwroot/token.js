// Keeps a new token out of the browser's memory of addresses, and choices that do not count out of the form.
(() => {
  "use strict";

  // To look again must not ask whether the form is to be sent once more: that would make another token.
  const made = document.getElementById("new-token");
  if (made) {
    history.replaceState(null, "", made.dataset.home);
  }

  const chosen = document.getElementById("gives-chosen");
  const choices = document.getElementById("chosen");
  if (!chosen) {
    return;
  }

  // What is hidden because everything is given is not sent either.
  const show = () => {
    for (const field of choices.querySelectorAll("input")) {
      field.disabled = !chosen.checked;
    }
  };
  for (const choice of document.getElementsByName("gives")) {
    choice.addEventListener("change", show);
  }
  addEventListener("pageshow", show);
  show();

  // A group without a match has nothing to say.
  const find = document.getElementById("find");
  find.addEventListener("input", () => {
    for (const group of choices.querySelectorAll("[data-group]")) {
      group.hidden = ![...group.querySelectorAll("[data-item]")].some((item) => !item.hidden);
    }
  });
})();
