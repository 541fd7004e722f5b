// What the browser tests ask of a page that is open: `look.texts()`, `look.edges()`, `look.stops()` and so on.
// Put in before the page's own scripts; changes nothing that a reader can see.
'use strict';
const look = {
  // Whether somebody sees the element, or could by scrolling.
  visible(one) {
    const box = one.getBoundingClientRect();
    return one.checkVisibility({visibilityProperty: true, opacityProperty: true}) && box.width > 0 && box.height > 0;
  },

  // A short name of an element for a message.
  name(one) {
    const text = (one.getAttribute('aria-label') || one.textContent || one.name || '').trim().replace(/\s+/g, ' ');
    const kind = one.getAttribute('class');
    return one.tagName.toLowerCase() + (kind ? '.' + kind.split(' ').join('.') : '') + ' “' + text.slice(0, 24) + '”';
  },

  // Colours: computed ones are rgb(r, g, b) or rgba(r, g, b, a).
  colours(text) {
    return [...text.matchAll(/rgba?\(([^)]+)\)/g)].map(([, inner]) => {
      const parts = inner.split(/[,/ ]+/).map(Number);
      return parts.length > 3 ? parts : [...parts, 1];
    });
  },
  over(top, below) {
    return [0, 1, 2].map(n => top[n] * top[3] + below[n] * (1 - top[3])).concat(1);
  },
  ratio(one, other) {
    const light = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map(n => n / 255).map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  },
  // Every colour that can lie behind the content of an element: with a gradient there are several.
  grounds(one) {
    if (!one) return [[255, 255, 255, 1]];
    const style = getComputedStyle(one);
    const [colour] = look.colours(style.backgroundColor);
    let found = colour[3] === 1 ? [colour] : look.grounds(one.parentElement).map(below => look.over(colour, below));
    for (const stop of look.colours(style.backgroundImage)) found = found.concat(found.map(below => look.over(stop, below)));
    const seen = new Map(found.map(below => [below.map(Math.round).join(), below]));
    return [...seen.values()];
  },
  opacity(one) {
    return one ? Number(getComputedStyle(one).opacity) * look.opacity(one.parentElement) : 1;
  },
  worst(colour, one, grounds) {
    const faint = [...colour.slice(0, 3), colour[3] * look.opacity(one)];
    return Math.min(...grounds.map(below => look.ratio(look.over(faint, below), below)));
  },

  // The least contrast of every kind of text, that of pseudo-elements and of drawings included: [ratio, where].
  texts() {
    const found = new Map();
    const note = (ratio, one, what) => {
      const key = look.name(one).replace(/ “.*/, '') + what;
      if (!found.has(key) || found.get(key)[0] > ratio) found.set(key, [ratio, look.name(one) + what]);
    };
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const one = walk.currentNode.parentElement;
      if (!walk.currentNode.data.trim() || !look.visible(one) || ['SCRIPT', 'STYLE'].includes(one.tagName)) continue;
      const style = getComputedStyle(one);
      const [colour] = look.colours(one instanceof SVGElement ? style.fill : style.color);
      note(look.worst(colour, one, look.grounds(one)), one, '');
    }
    for (const one of document.body.querySelectorAll('*')) {
      for (const which of ['::before', '::after', '::marker', '::placeholder']) {
        const style = getComputedStyle(one, which);
        if (which === '::placeholder' ? !one.placeholder : !/["“]/.test(style.content)) continue;
        if (!look.visible(one) || style.display === 'none') continue;
        const [colour] = look.colours(style.color), [own] = look.colours(style.backgroundColor);
        note(look.worst(colour, one, look.grounds(one).map(below => look.over(own, below))), one, which);
      }
    }
    return [...found.values()];
  },

  // The contrast of the edge of every field and button, or of its ground, against what lies around it: [ratio, where].
  edges() {
    return [...document.querySelectorAll('input, select, textarea, button, summary, .button')].filter(
      one => look.visible(one) && !['hidden', 'checkbox', 'radio'].includes(one.type)).map(one => {
      const style = getComputedStyle(one), around = look.grounds(one.parentElement);
      const line = parseFloat(style.borderBottomWidth) > 0 ? look.colours(style.borderBottomColor)[0] : [0, 0, 0, 0];
      const [ground] = look.colours(style.backgroundColor);
      // A button without an edge is known by its text, whose contrast is larger.
      const bare = line[3] === 0 && ground[3] === 0 && one.tagName !== 'INPUT';
      return [bare ? 21 : Math.max(look.worst(line, one, around), look.worst(ground, one, around)), look.name(one)];
    });
  },

  // Everything that a keyboard must reach, in the order of the document.
  stops() {
    const scrolls = one => {
      const style = getComputedStyle(one);
      return (one.scrollWidth > one.clientWidth && ['auto', 'scroll'].includes(style.overflowX))
        || (one.scrollHeight > one.clientHeight && ['auto', 'scroll'].includes(style.overflowY));
    };
    return [...document.querySelectorAll('*')].filter(one => look.visible(one) && !one.disabled && !one.closest('[inert]') && (
      one.matches('a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls],'
        + ' video[controls], [contenteditable], [tabindex]:not([tabindex^="-"])')
      || (one !== document.documentElement && one !== document.body && scrolls(one))));
  },
  outfit(one) {
    const style = getComputedStyle(one);
    return {outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth), line: style.outlineColor,
      ground: style.backgroundColor, shadow: style.boxShadow};
  },
  // Follow the focus from now on. `look.walked` then holds for each stop: its number, and what is wrong with how it shows.
  follow() {
    const stops = look.stops(), plain = stops.map(look.outfit);
    look.walked = [];
    document.addEventListener('focusin', ({target}) => {
      const number = stops.indexOf(target), trouble = [];
      if (number < 0) {
        look.walked.push([number, [look.name(target) + ' is no known stop']]);
        return;
      }
      const now = look.outfit(target), was = plain[number];
      const changed = (now.outline >= 2 && was.outline < 2) || now.shadow !== was.shadow || now.ground !== was.ground;
      if (!changed) trouble.push('no visible focus');
      // The mark must stand out from what is around it: its line, or the ground it puts below the text.
      const around = look.grounds(target.parentElement);
      const marks = [now.outline >= 2 ? look.colours(now.line)[0] : [0, 0, 0, 0], look.colours(now.ground)[0]];
      for (const shadow of look.colours(now.shadow)) marks.push(shadow);
      const ratio = Math.max(...marks.map(mark => look.worst(mark, target, around)));
      if (ratio < 3) trouble.push('focus has contrast ' + ratio.toFixed(2));
      target.scrollIntoView({block: 'nearest', inline: 'nearest'});
      const box = target.getClientRects()[0];
      const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 1), innerWidth - 2);
      const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 2);
      const there = document.elementFromPoint(x, y);
      if (!there || !(target.contains(there) || there.contains(target) || (there.labels === undefined && there.closest('label'))))
        trouble.push('hidden behind ' + (there ? look.name(there) : 'the edge of the window'));
      look.walked.push([number, trouble.map(text => look.name(target) + ': ' + text)]);
    });
    return stops.map(look.name);
  },

  // What one can click: [name, width, height, whether it stands in running text, whether it is a main control].
  targets() {
    const main = '.nav li a, .years a, .facets a, button, .button, .pager a, .tools summary, .tools button, .file a,'
      + ' input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea, .to-columns';
    return look.stops().filter(one => one.matches('a[href], button, input, select, textarea, summary')
        && !one.matches('.skip')).map(one => {
      const box = one.getBoundingClientRect();
      let block = one.parentElement;
      while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
      let rest = block.textContent;
      for (const link of block.querySelectorAll('a, button, .tag')) rest = rest.replace(link.textContent, '');
      const running = getComputedStyle(one).display === 'inline' && /[\p{L}\p{N}]/u.test(rest);
      return [look.name(one), Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10, running, one.matches(main)];
    });
  },
};
globalThis.look = look;
