// 大字版, 打印, and 念给我听 and 复制口号 for verse. Pages work without this file; its buttons show only where scripts run.
(function () {
  var root = document.documentElement, key = "yuanba-large", on = false;
  function show() {
    root.classList.toggle("large", on);
    document.querySelectorAll("[data-large]").forEach(function (b) { b.setAttribute("aria-pressed", String(on)); });
  }
  try { on = localStorage.getItem(key) === "1"; } catch (e) { /* storage may be switched off; then the choice lasts one page */ }
  root.classList.add("scripted");
  show();
  // A verse is read by the browser where it has a Chinese voice of its own (a voice from the network would be sent the words, and
  // the page on privacy says that nothing is), line by line, as slowly as one speaks to a courtyard.
  var synth = window.speechSynthesis, speak = document.querySelector("[data-speak]");
  function voice() {
    return synth.getVoices().filter(function (v) { return v.localService && /^(zh|cmn)/i.test(v.lang); })[0];
  }
  function offer() { speak.hidden = !voice(); }
  function label(speaking) {
    if (!speak.words) speak.words = speak.textContent;
    speak.textContent = speaking ? speak.getAttribute("data-stop") : speak.words;
  }
  function read() {
    var lines = document.querySelectorAll(".body > .verse .stanza-title, .body > .verse .line");
    if (synth.speaking || synth.pending) { synth.cancel(); label(false); return; }
    lines.forEach(function (line, at) {
      var copy = line.cloneNode(true);
      copy.querySelectorAll("rt, rp, .aside, .role").forEach(function (extra) { extra.remove(); });
      var said = new SpeechSynthesisUtterance(copy.textContent);
      said.voice = voice();
      said.lang = "zh-CN";
      said.rate = 0.8;
      if (at === lines.length - 1) said.onend = function () { label(false); };
      synth.speak(said);
    });
    label(true);
  }
  if (synth && speak) {
    offer();
    if (synth.addEventListener) synth.addEventListener("voiceschanged", offer);
    addEventListener("pagehide", function () { synth.cancel(); });
  }
  // Many offices' sites are not on https, where browsers have no clipboard; there the text is marked and copied the old way.
  function copy(button) {
    var from = document.getElementById(button.getAttribute("data-copy"));
    function done() { button.textContent = button.getAttribute("data-done"); }
    function old() {
      var range = document.createRange(), marked = getSelection();
      range.selectNodeContents(from);
      marked.removeAllRanges();
      marked.addRange(range);
      if (document.execCommand("copy")) done();
    }
    if (navigator.clipboard) navigator.clipboard.writeText(from.textContent).then(done, old);
    else old();
  }
  document.addEventListener("click", function (e) {
    var b = e.target.closest ? e.target.closest("button") : null;
    if (!b) return;
    if (b.hasAttribute("data-print")) print();
    if (b.hasAttribute("data-speak")) read();
    if (b.hasAttribute("data-copy")) copy(b);
    if (b.hasAttribute("data-large")) {
      on = !on;
      show();
      try { localStorage.setItem(key, on ? "1" : "0"); } catch (e) { /* as above */ }
    }
  });
})();
