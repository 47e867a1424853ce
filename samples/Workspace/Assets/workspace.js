"use strict";

const live = document.getElementById("live");
if (live) {
  const show = (id, text) => { document.getElementById(id).textContent = text; };
  const answers = document.getElementById("answers");
  const field = document.getElementById("text");
  let socket;
  let wait = 1;

  const duration = seconds => {
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return parts.map(part => String(part).padStart(2, "0")).join(":");
  };

  const messages = {
    tick(message) {
      show("clock", new Date(message.time).toLocaleTimeString());
      show("uptime", duration(message.uptime));
      show("memory", `${(message.memory / 1048576).toFixed(1)} MiB`);
    },
    echo(message) {
      const item = document.createElement("li");
      item.textContent = message.text;
      answers.prepend(item);
      while (answers.children.length > 10) answers.lastChild.remove();
    },
  };

  const connect = () => {
    const url = new URL(live.dataset.socket, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(url);
    socket.onopen = () => { wait = 1; show("connection", "connected"); };
    socket.onmessage = event => {
      const message = JSON.parse(event.data);
      messages[message.type]?.(message);
    };
    socket.onclose = () => {
      show("connection", "disconnected");
      setTimeout(connect, wait * 1000);
      wait = Math.min(wait * 2, 30);
    };
  };

  document.getElementById("echo").addEventListener("submit", event => {
    event.preventDefault();
    if (field.value && socket.readyState === WebSocket.OPEN) {
      socket.send(field.value);
      field.value = "";
    }
  });
  connect();
}
