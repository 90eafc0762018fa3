// Until the page is alive, keeps what people tap and type, and then hands it over in the same order.
// Without it the first tap on a fresh page is lost now and then, and a PIN begins at its second digit.
(() => {
  const patience = 10000;
  const kept = [];
  const tap = (event) => {
    // Enter in a form arrives here too, as a click on its button.
    const button = event.target.closest?.("button");
    if (!button) return;
    event.preventDefault();
    kept.push({ target: button, hand: () => button.click() });
  };
  const type = ({ target }) => {
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
    removeEventListener("click", tap, true);
    removeEventListener("input", type, true);
    for (const { target, hand } of kept) {
      if (target.isConnected) hand();
      // What the page shows follows in tasks of its own, and a form sends what it shows.
      await new Promise((done) => setTimeout(done));
    }
  };
  addEventListener("click", tap, true);
  addEventListener("input", type, true);
  addEventListener("parure:alive", alive);
  // A browser that cannot run the page still sends its forms.
  setTimeout(alive, patience);
})();
