// Until the page is alive, keeps what people tap and type, and then hands it over in the same order; what comes while
// it does waits its turn. Without it the first tap on a fresh page is lost now and then, and a PIN begins at its second
// digit, or has its digits in another order.
(() => {
  const patience = 10000;
  const kept = [];
  let handing = false;
  const tap = (event) => {
    // Enter in a form arrives here too, as a click on its button.
    const button = event.target.closest?.("button");
    if (handing || !button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    kept.push({ target: button, hand: () => button.click() });
  };
  const type = (event) => {
    if (handing) return;
    event.stopImmediatePropagation();
    const { target } = event;
    const { value } = target;
    const hand = () => {
      target.value = value;
      target.dispatchEvent(new Event("input", { bubbles: true }));
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
    removeEventListener("input", type, true);
  };
  addEventListener("click", tap, true);
  addEventListener("input", type, true);
  addEventListener("parure:alive", alive);
  // A browser that cannot run the page still sends its forms.
  setTimeout(alive, patience);
})();
