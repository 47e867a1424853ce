// Follows a start by server-sent events and goes to the server when it is ready.
(() => {
  "use strict";
  const card = document.getElementById("pending");
  const url = card && card.dataset.progress;
  if (!url) {
    return;
  }

  const message = document.getElementById("message");
  const bar = document.getElementById("bar");
  const log = document.getElementById("log");
  const elapsed = document.getElementById("elapsed");
  const began = Date.now();
  const clock = setInterval(() => { elapsed.textContent = `${Math.round((Date.now() - began) / 1000)} s`; }, 1000);

  const finish = () => { source.close(); clearInterval(clock); };
  const source = new EventSource(url);
  // Each connection replays the start from its beginning.
  source.onopen = () => log.replaceChildren();
  source.onmessage = (event) => {
    const step = JSON.parse(event.data);
    if (typeof step.progress === "number") {
      bar.value = step.progress;
    }
    if (step.message) {
      message.textContent = step.message;
      const item = document.createElement("li");
      item.textContent = step.message;
      log.append(item);
    }
    if (step.ready) {
      finish();
      location.replace(card.dataset.next || step.url);
    } else if (step.failed) {
      finish();
      message.className = "notice bad";
      message.setAttribute("role", "alert");
      document.getElementById("cancel").closest("form").hidden = true;
      document.getElementById("retry-form").hidden = false;
    }
  };
  source.onerror = () => {
    // The browser tries again by itself while the hub is away; a refusal ends the stream for good, and the page knows more.
    if (source.readyState === EventSource.CLOSED) {
      finish();
      setTimeout(() => location.reload(), 1000);
    }
  };
})();
