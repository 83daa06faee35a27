// A slow network makes people press again: the first press is kept, the others are told to wait.
// The server refuses a second one anyway (idempotent submit); this only spares the worry.

/** Guard every form that posts; the button's own data-busy text says what is going on. */
export function guardForms(root = document) {
  for (const form of root.querySelectorAll('form[method="post"]:not([data-passkey], [data-gate])')) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.busy === "yes") {
        event.preventDefault();
        return;
      }
      form.dataset.busy = "yes";
      const button = event.submitter;
      if (button?.dataset.busy) {
        button.setAttribute("aria-disabled", "true");
        button.textContent = button.dataset.busy;
      }
    });
  }
  // Back from the next page: the browser may show this one from memory, with the guard still on.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}

/** Errors are read out at once: the summary takes the focus when the page opens with one. */
export function focusErrors(root = document) {
  const summary = root.querySelector(".govuk-error-summary");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
}
