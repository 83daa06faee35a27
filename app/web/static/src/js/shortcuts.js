// Keys for those who work through a long queue; they can be switched off (WCAG 2.1.4).

const SWITCH = "vereda-shortcuts";

const typing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

function rows() {
  return [...document.querySelectorAll("[data-rows] tbody tr")];
}

function select(step) {
  const all = rows();
  if (all.length === 0) return;
  const now = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const next = Math.min(all.length - 1, Math.max(0, now + step));
  all.forEach((row, index) => row.setAttribute("aria-selected", String(index === next)));
  all[next].querySelector("a")?.focus();
}

const KEYS = {
  j: () => select(1),
  k: () => select(-1),
  Enter: () => document.querySelector('tr[aria-selected="true"] a')?.click(),
  a: () => document.querySelector("[data-primary]")?.focus(),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => document.querySelector("[data-shortcuts-help]")?.toggleAttribute("open"),
};

/** Listen for j, k, Enter, a, / and ? unless somebody types or has switched them off. */
export function listen() {
  const toggle = document.querySelector("[data-shortcuts-switch]");
  const on = () => localStorage.getItem(SWITCH) !== "off";
  if (toggle) {
    toggle.checked = on();
    toggle.addEventListener("change", () => {
      localStorage.setItem(SWITCH, toggle.checked ? "on" : "off");
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !on() || typing(event.target)) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
