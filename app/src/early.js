// Until the page is alive, keeps what people tap, type and choose, and then hands it over in the same order; what comes
// while it does waits its turn. Without it the first tap on a fresh page is lost now and then, and a PIN begins at its second
// digit, or has its digits in another order.
(() => {
  const patience = 10000;
  const kept = [];
  const changes = ["input", "change"];
  let handing = false;
  const tap = (event) => {
    // Enter in a form arrives here too, as a click on its button.
    const button = event.target.closest?.("button");
    if (handing || !button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    kept.push({ target: button, hand: () => button.click() });
  };
  // Typing, a choice, a tick, a file: what the field holds then is put back and told again.
  const change = (event) => {
    if (handing) return;
    event.stopImmediatePropagation();
    const { target, type } = event;
    const { value, checked } = target;
    const hand = () => {
      // A page cannot put a file into its field, nor does it take one out.
      if (target.type !== "file") target.value = value;
      if (checked !== undefined) target.checked = checked;
      target.dispatchEvent(new Event(type, { bubbles: true }));
    };
    kept.push({ target, hand });
  };
  const alive = async () => {
    if (document.documentElement.dataset.alive) return;
    document.documentElement.dataset.alive = "yes";
    for (let next = kept.shift(); next; next = kept.shift()) {
      handing = true;
      if (next.target.isConnected) next.hand();
      handing = false;
      // What the page shows follows in tasks of its own, and a form sends what it shows.
      await new Promise((done) => setTimeout(done));
    }
    removeEventListener("click", tap, true);
    changes.forEach((kind) => removeEventListener(kind, change, true));
  };
  addEventListener("click", tap, true);
  changes.forEach((kind) => addEventListener(kind, change, true));
  addEventListener("parure:alive", alive);
  // A browser that cannot run the page still sends its forms.
  setTimeout(alive, patience);
})();
