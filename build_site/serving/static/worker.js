// One connection to the server for all tabs: a browser opens six to a host, and every tab would need one of its own.
const tabs = new BroadcastChannel("build-site-preview");
const source = new EventSource("/.preview/events");
source.onmessage = (event) => tabs.postMessage({ changed: JSON.parse(event.data) });
source.onerror = () => tabs.postMessage({ lost: true });
self.onconnect = () => {};
