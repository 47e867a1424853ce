// Keeps the part of an address behind "#", which no server ever sees: where somebody was going goes with them through the start.
(() => {
  "use strict";
  if (!location.hash) {
    return;
  }
  const carry = (address) => {
    const url = new URL(address, location.href);
    const next = url.searchParams.get("next");
    if (next && !next.includes("#")) {
      url.searchParams.set("next", next + location.hash);
    }
    return url.href;
  };
  const link = document.querySelector("a#start");
  if (link) {
    link.href = carry(link.href);
  }
  const form = document.getElementById("start-form");
  if (form) {
    form.setAttribute("action", carry(form.getAttribute("action")));
  }
})();
