// Shows which name a new server gets in its address, and keeps the rows of servers fresh that are on their way somewhere.
(() => {
  "use strict";

  const field = document.querySelector("input[data-preview]");
  if (field) {
    const preview = document.getElementById("preview");
    const name = document.getElementById("preview-name");
    let wait = 0;
    let asked = 0;
    const ask = async () => {
      const turn = ++asked;
      let found = null;
      if (field.value.trim() !== "") {
        try {
          const answer = await fetch(`${field.dataset.preview}?display_name=${encodeURIComponent(field.value)}`);
          found = answer.ok ? (await answer.json()).name : null;
        } catch {
          // Without an answer there is no preview; the form works all the same.
        }
      }
      if (turn === asked) {
        name.textContent = found ?? "";
        preview.hidden = found === null;
      }
    };
    field.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(ask, 200);
    });
    if (field.value !== "") {
      ask();
    }
  }

  const home = document.getElementById("home");
  const rows = () => [...home.querySelectorAll("tr[data-mark]")];
  const first = 1500;
  let pause = first;

  const showTimes = (row) => {
    for (const time of row.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime())) {
        time.textContent = at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
      }
    }
  };

  // The page itself says what a row looks like now: only rows that changed are taken from it, whatever is being typed elsewhere stays.
  const refresh = async (changed) => {
    const answer = await fetch(home.dataset.page);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const row of changed) {
      const fresh = page.getElementById(row.id);
      if (!fresh) {
        row.remove();
        continue;
      }

      // Whoever stood on a button of the row stands there again, or on the row's first one.
      const focused = row.contains(document.activeElement) ? document.activeElement.id : null;
      fresh.hidden = row.hidden;
      row.replaceWith(document.adoptNode(fresh));
      showTimes(fresh);
      if (focused !== null) {
        (document.getElementById(focused) ?? fresh.querySelector("a, button"))?.focus();
      }
    }
  };

  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(home.dataset.state);
        if (answer.redirected || !answer.ok) {
          return;
        }
        const marks = await answer.json();
        const changed = rows().filter((row) => row.dataset.mark !== marks[row.dataset.server]);
        if (changed.length > 0) {
          await refresh(changed);
        }
        pause = first;
      } catch {
        pause = Math.min(pause * 2, 30000);
      }
    }
    follow();
  };

  const follow = () => {
    if (rows().some((row) => row.dataset.pending)) {
      setTimeout(look, pause);
    }
  };

  if (home) {
    follow();
  }
})();
