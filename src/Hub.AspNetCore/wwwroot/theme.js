// Applies the colours that the reader chose before anything is drawn; without a choice the system's count.
(() => {
  "use strict";
  let chosen = null;
  try {
    chosen = localStorage.getItem("jupyterhub-theme");
  } catch {
    // Storage is switched off: the system's colours stay.
  }
  if (chosen === "dark" || chosen === "light") {
    document.documentElement.dataset.theme = chosen;
  }
})();
