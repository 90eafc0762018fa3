// One stream of news for all tabs of this browser: whichever holds the lock listens and tells the others. Where there
// are no locks, each tab listens for itself. Nothing here knows what the news means.
(() => {
  const name = "parure-news";
  // What the page itself asks for comes first.
  const patience = 1000;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : undefined;
  let wanted = false;
  let begun;
  let waiting;
  let source;
  let leave;
  const tell = (news) => dispatchEvent(new CustomEvent("parure:news", { detail: news }));
  const stop = () => {
    clearTimeout(begun);
    source?.close();
    waiting?.abort();
    leave?.();
    begun = source = waiting = leave = undefined;
  };
  const open = () => {
    source = new EventSource("/events");
    source.onmessage = ({ data }) => {
      tell(data);
      if (leave) channel.postMessage(data);
    };
    // Nobody is signed in any more.
    source.addEventListener("end", stop);
    // A stream that was cut begins again by itself; one that was refused is over.
    source.onerror = () => source?.readyState === EventSource.CLOSED && stop();
  };
  const listen = () => {
    if (!navigator.locks || !channel) return open();
    waiting = new AbortController();
    const lead = () => new Promise((done) => {
      leave = done;
      open();
    });
    // Giving up waiting is no error.
    navigator.locks.request(name, { signal: waiting.signal }, lead).catch(() => {});
  };
  const start = () => {
    if (wanted && !begun) begun = setTimeout(listen, patience);
  };
  if (channel) channel.onmessage = ({ data }) => wanted && tell(data);
  addEventListener("parure:listen", () => {
    wanted = true;
    start();
  });
  addEventListener("parure:silence", () => {
    wanted = false;
    stop();
  });
  // A page that waits in the background to be shown again must hold neither stream nor lock.
  addEventListener("pagehide", stop);
  addEventListener("pageshow", start);
  document.addEventListener("visibilitychange", () => document.hidden || start());
})();
