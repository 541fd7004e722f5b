// Renews the page when it has changed, and puts each finding where it belongs.
"use strict";
(() => {
    const token = document.currentScript.dataset.token;
    const blocks = "p,li,h1,h2,h3,h4,h5,h6,td,th,dt,dd,blockquote,pre,figcaption,caption";
    const bare = (text) => text.replace(/\s+/g, "");
    let asked = 0;
    let shown = "";

    // The innermost elements that hold these words, or are held by them (a paragraph may have several lines).
    function holders(words) {
        const main = document.querySelector("main") || document.body;
        const all = [...main.querySelectorAll(blocks)].filter((one) => !one.closest("#bsp,.bsp-note"));
        const holds = all.filter((one) => bare(one.textContent).includes(words));
        return holds.filter((one) => !holds.some((other) => other !== one && one.contains(other)));
    }

    function place(note) {
        const words = bare(note.dataset.words || "");
        let found = [];
        for (let length = words.length; length >= 2 && !found.length; length = length > 8 ? Math.floor(length / 2) : 0)
            found = holders(words.slice(0, length));
        const inBody = found.filter((one) => one.closest("[data-body]"));
        if (inBody.length) found = inBody;
        const spot = found[Math.min(Number(note.dataset.before), found.length - 1)];
        if (!spot) return; // it stays at the top
        const row = spot.closest("tr,caption,thead");
        if (row) (row.closest("table").parentElement.matches("[data-body]") ? row.closest("table") : row.closest("table").parentElement).after(note);
        else if (spot.matches("li,dt,dd,td")) spot.append(note);
        else spot.after(note);
    }

    function put(html) {
        if (html === shown) return;
        shown = html;
        const old = document.getElementById("bsp");
        const open = old.querySelector("details[open]") !== null;
        for (const note of document.querySelectorAll(".bsp-note")) note.remove();
        old.outerHTML = html;
        const details = document.querySelector("#bsp details");
        if (details && open) details.open = true;
        for (const note of document.querySelectorAll("#bsp > .bsp-note")) place(note);
    }

    async function check() {
        const mine = ++asked;
        let answer;
        try {
            answer = await (await fetch("/.preview/report?page=" + encodeURIComponent(location.pathname))).json();
        } catch {
            return lose();
        }
        if (mine !== asked) return;
        if (answer.token !== token) return location.reload();
        put(answer.strip);
    }

    function lose() {
        document.getElementById("bsp").dataset.lost = "";
        shown = "";
    }

    function hear(message) {
        if (message.lost) return lose();
        const now = message.changed[location.pathname.replace(/\/index\.html$/, "/")];
        if (now !== undefined && now !== token) location.reload();
        else check();
    }

    for (const note of document.querySelectorAll("#bsp > .bsp-note")) place(note);
    if (window.SharedWorker && window.BroadcastChannel) {
        new BroadcastChannel("build-site-preview").onmessage = (event) => hear(event.data);
        new SharedWorker("/.preview/worker.js");
        check();
    } else {
        let source = null;
        const listen = () => {
            if (source) source.close();
            source = document.hidden ? null : new EventSource("/.preview/events");
            if (!source) return;
            source.onmessage = (event) => hear({ changed: JSON.parse(event.data) });
            source.onerror = () => hear({ lost: true });
        };
        document.addEventListener("visibilitychange", listen);
        listen();
    }
    window.addEventListener("pageshow", (event) => { if (event.persisted) check(); });
})();
