// Follows a start by server-sent events and goes to the server when it is ready; waits for the end of what tells no progress.
(() => {
  "use strict";
  const follow = (card) => {
    const message = document.getElementById("message");
    const bar = document.getElementById("bar");
    const log = document.getElementById("log");
    const elapsed = document.getElementById("elapsed");
    // Counted from the start itself, by the hub's clock, and on from there by one that nobody sets.
    const before = Number(card.dataset.elapsed) * 1000 - performance.now();
    const fill = (text, ...values) => values.reduce((filled, value, index) => filled.replace(`{${index}}`, String(value)), text);
    const tick = () => {
      const seconds = Math.floor((performance.now() + before) / 1000);
      elapsed.textContent = seconds < 60
        ? fill(elapsed.dataset.seconds, seconds)
        : fill(elapsed.dataset.minutes, Math.floor(seconds / 60), seconds % 60);
    };
    const clock = setInterval(tick, 1000);
    const source = new EventSource(card.dataset.progress);
    const finish = () => { source.close(); clearInterval(clock); };
    // Each connection tells the start from its beginning.
    let isFresh = true;
    source.onopen = () => { isFresh = true; };
    source.onmessage = (event) => {
      const step = JSON.parse(event.data);
      if (isFresh) {
        log.replaceChildren();
        isFresh = false;
      }
      if (typeof step.progress === "number") {
        bar.value = step.progress;
        bar.textContent = `${step.progress} %`;
      }
      if (step.message) {
        message.textContent = step.message;
        const text = document.createElement("bdi");
        text.textContent = step.message;
        const item = document.createElement("li");
        item.append(text);
        log.append(item);
      }
      if (step.ready) {
        finish();
        const next = card.dataset.next || step.url;
        location.replace(next.includes("#") ? next : next + location.hash);
      } else if (step.failed) {
        finish();
        // The page of the failure says what can be done about it.
        location.reload();
      }
    };
    source.onerror = () => {
      // The browser tries again by itself while the hub is away; a refusal ends the stream for good, and the page knows more.
      if (source.readyState === EventSource.CLOSED) {
        finish();
        setTimeout(() => location.reload(), 1000);
      }
    };
    addEventListener("pagehide", finish);
    // Whoever cancels is on the way to another page already: what the stream says of it would turn them back.
    document.getElementById("cancel")?.form.addEventListener("submit", finish);
    addEventListener("pageshow", (event) => { if (event.persisted) { location.reload(); } });
  };

  // What is over answers with a redirect: then the page itself goes there.
  const wait = (address) => setTimeout(async () => {
    try {
      const answer = await fetch(address, { redirect: "manual", credentials: "same-origin" });
      if (answer.type === "opaqueredirect" || !answer.ok) {
        location.replace(address);
        return;
      }
    } catch {
      // The hub is away for a moment.
    }
    wait(address);
  }, 1000);

  const pending = document.getElementById("pending");
  const busy = document.getElementById("busy");
  if (pending) {
    follow(pending);
  } else if (busy) {
    wait(busy.dataset.again);
  }
})();
