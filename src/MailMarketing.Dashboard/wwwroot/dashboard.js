// The few things that only the browser can do for the pages.
(() => {
  const key = "mailmarketing.theme";
  const dark = "(prefers-color-scheme: dark)";

  // Asked anew each time: a list that is read before it tells of a change does not tell of it.
  const isDark = () => matchMedia(dark).matches;
  const remembered = () => { try { return localStorage.getItem(key) ?? "System"; } catch { return "System"; } };
  const paint = () => {
    const choice = remembered();
    document.documentElement.dataset.mmTheme = choice === "System" ? (isDark() ? "Dark" : "Light") : choice;
  };
  paint();
  matchMedia(dark).addEventListener("change", paint);

  window.mailMarketing = {
    describe: () => ({ theme: remembered(), dark: isDark(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    remember: theme => { try { localStorage.setItem(key, theme); } catch { /* a private window forgets */ } paint(); },
    focusMistake: formId => document.querySelector(`#${formId} [aria-invalid="true"], #${formId} [role="alert"]`)?.focus(),

    // A field that tells when it was changed and left
    watch: (field, owner) => field.addEventListener("change", () => owner.invokeMethodAsync("ChangedAsync")),

    // A field's text as a stream, with a character before it, since no stream may be empty.
    read: field => new TextEncoder().encode(`>${field.value}`),
  };

  // The clipboard is only there on secure addresses; elsewhere the text is shown to be copied by hand.
  const copy = async button => {
    try {
      await navigator.clipboard.writeText(button.dataset.mmText);
      button.dataset.mmCopied = "";
      setTimeout(() => delete button.dataset.mmCopied, 2000);
    } catch { prompt("Copy this address:", button.dataset.mmText); }
  };

  // Enter chooses from an open list; it does not send the form besides.
  document.addEventListener("keydown", event => {
    if (event.key === "Enter" && event.target.closest?.('[role="combobox"][aria-expanded="true"]')) event.preventDefault();
  }, true);

  document.addEventListener("click", async event => {
    switch (event.target.closest?.("[data-mm]")?.dataset.mm) {
      // A hash link would be resolved against the base address and leave the page.
      case "skip": event.preventDefault(); document.getElementById("main")?.focus(); break;
      case "copy": await copy(event.target.closest("[data-mm]")); break;
      case "reload": location.reload(); break;
      case "retry": if (!await Blazor.reconnect()) location.reload(); break;
    }
  });
})();
