// 大字版 and 打印. Pages work without this file; its buttons show only where scripts run.
(function () {
  var root = document.documentElement, key = "yuanba-large", on = false;
  function show() {
    root.classList.toggle("large", on);
    document.querySelectorAll("[data-large]").forEach(function (b) { b.setAttribute("aria-pressed", String(on)); });
  }
  try { on = localStorage.getItem(key) === "1"; } catch (e) { /* storage may be switched off; then the choice lasts one page */ }
  root.classList.add("scripted");
  show();
  document.addEventListener("click", function (e) {
    var b = e.target.closest ? e.target.closest("button") : null;
    if (!b) return;
    if (b.hasAttribute("data-print")) print();
    if (b.hasAttribute("data-large")) {
      on = !on;
      show();
      try { localStorage.setItem(key, on ? "1" : "0"); } catch (e) { /* as above */ }
    }
  });
})();
