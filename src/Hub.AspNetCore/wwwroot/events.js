// Adds events to the page as they happen. Names come as text and stay text.
(() => {
  "use strict";

  const list = document.getElementById("events");
  const pause = document.getElementById("pause");
  const connection = document.getElementById("connection");
  const kind = document.getElementById("event-kind");
  const text = document.getElementById("event-text");
  const none = document.getElementById("no-events");
  const filter = document.getElementById("event-filter");
  if (!list || !window.EventSource) {
    return;
  }

  const most = 500;
  const language = document.documentElement.lang;
  let waiting = [];
  let isPaused = false;
  let isOpen = false;

  document.getElementById("live").hidden = false;
  filter.hidden = false;
  filter.addEventListener("submit", (event) => event.preventDefault());

  const fits = (item) => {
    const wanted = text.value.trim().toLowerCase();
    return (kind.value === "" || item.dataset.kind === kind.value) && (wanted === "" || item.textContent.toLowerCase().includes(wanted));
  };
  const applyFilter = () => {
    for (const item of list.children) { item.hidden = !fits(item); }
  };
  kind.addEventListener("change", applyFilter);
  text.addEventListener("input", applyFilter);

  const show = () => {
    const state = isPaused ? "paused" : isOpen ? "open" : "lost";
    connection.textContent = connection.dataset[state];
    connection.className = "state " + (state === "open" ? "ready" : state === "lost" ? "pending" : "");
  };

  const build = (happened) => {
    const item = document.createElement("li");
    item.dataset.kind = happened.kind;
    const time = document.createElement("time");
    const at = new Date(happened.at);
    time.dateTime = happened.at;
    time.title = happened.at;
    time.textContent = at.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
    const state = document.createElement("span");
    state.className = "state " + (happened.mark || "");
    const words = document.createElement("span");
    for (const [part, isName] of happened.parts) {
      if (isName) {
        const name = document.createElement("bdi");
        name.textContent = part;
        const strong = document.createElement("strong");
        strong.append(name);
        words.append(strong);
      } else {
        words.append(part);
      }
    }
    state.append(words);
    item.append(time, " ", state);
    item.hidden = !fits(item);
    return item;
  };

  const add = (happened) => {
    list.prepend(build(happened));
    while (list.children.length > most) { list.lastElementChild.remove(); }
    none.hidden = true;
  };

  pause.addEventListener("click", () => {
    isPaused = !isPaused;
    pause.setAttribute("aria-pressed", String(isPaused));
    pause.textContent = isPaused ? pause.dataset.more : pause.dataset.stop;
    if (!isPaused) {
      waiting.forEach(add);
      waiting = [];
    }
    show();
  });

  const source = new EventSource(list.dataset.stream);
  source.addEventListener("open", () => { isOpen = true; show(); });
  source.addEventListener("error", () => { isOpen = false; show(); });
  source.addEventListener("message", (event) => {
    const happened = JSON.parse(event.data);
    if (isPaused) {
      waiting.push(happened);
      if (waiting.length > most) { waiting.shift(); }
    } else {
      add(happened);
    }
  });
  addEventListener("pagehide", () => source.close());
})();
