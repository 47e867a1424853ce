// Shows how far the stopping of many servers is, without loading the whole page anew.
(() => {
  "use strict";

  const wait = 1000;
  const refresh = async () => {
    const shown = document.getElementById("stopping");
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const news = page.getElementById("stopping");
      if (!answer.ok || !news) {
        // The hub was restarted, or the session is over: its own page says so.
        location.reload();
        return;
      }
      if (news.dataset.over === "yes") {
        document.title = page.title;
        shown.replaceWith(news);
        return;
      }
      const count = document.getElementById("count");
      const told = news.querySelector("#count").textContent;
      if (count.textContent !== told) {
        count.textContent = told;
      }
      document.getElementById("bar").value = news.querySelector("#bar").value;
    } catch {
      // The network is away for a moment.
    }
    setTimeout(refresh, wait);
  };

  if (document.getElementById("stopping").dataset.over === "no") {
    setTimeout(refresh, wait);
  }
})();
