/* Reading aids and the filter of the full catalogue. The site is whole without it: what it serves is hidden until it runs.
   It stands in the head, so that the chosen letters and colours are there before the first line is drawn. */
(function () {
  'use strict'
  var root = document.documentElement
  var VALUES = { size: 'large', contrast: 'high', scheme: 'dark' }
  // Two grounds at once make no sense: whoever asks for one leaves the other.
  var RIVAL = { contrast: 'scheme', scheme: 'contrast' }

  // A browser may forbid storage (private window, page from disk); then a choice lasts for one page.
  function stored(mode) {
    try { return localStorage.getItem('reading-' + mode) === VALUES[mode] } catch (error) { return false }
  }
  function store(mode, on) {
    try {
      if (on) localStorage.setItem('reading-' + mode, VALUES[mode])
      else localStorage.removeItem('reading-' + mode)
    } catch (error) { /* the page still changes */ }
  }
  function isOn(mode) { return root.getAttribute('data-' + mode) === VALUES[mode] }
  function set(mode, on) {
    if (on) root.setAttribute('data-' + mode, VALUES[mode])
    else root.removeAttribute('data-' + mode)
  }
  Object.keys(VALUES).forEach(function (mode) { set(mode, stored(mode)) })

  function each(selector, work) { Array.prototype.forEach.call(document.querySelectorAll(selector), work) }

  function tools(box) {
    var wide = window.matchMedia('(min-width: 60.01em)')
    function fit() { box.open = wide.matches }
    function show() {
      each('[data-mode]', function (button) {
        button.setAttribute('aria-pressed', String(isOn(button.getAttribute('data-mode'))))
      })
    }
    each('[data-mode]', function (button) {
      button.addEventListener('click', function () {
        var mode = button.getAttribute('data-mode')
        var on = !isOn(mode)
        set(mode, on)
        store(mode, on)
        if (on && RIVAL[mode]) {
          set(RIVAL[mode], false)
          store(RIVAL[mode], false)
        }
        show()
      })
    })
    each('[data-print]', function (button) { button.addEventListener('click', function () { window.print() }) })
    wide.addListener(fit)
    fit()
    show()
    box.hidden = false
  }

  // 〔2020〕, [2020], （2020） and full-width letters are the same to whoever searches.
  function plain(text) {
    return text.normalize('NFKC').toLowerCase().replace(/[〔【\[]/g, '(').replace(/[〕】\]]/g, ')')
  }

  function filter(asked) {
    var words = plain(asked).split(/\s+/).filter(Boolean)
    var all = 0
    var found = 0
    each('table[data-filter] tbody tr', function (row) {
      var text = plain(row.textContent)
      var hit = words.every(function (word) { return text.indexOf(word) >= 0 })
      row.hidden = !hit
      all += 1
      if (hit) found += 1
    })
    each('[data-filter-count]', function (place) {
      place.textContent = '含有“' + asked + '”的有 ' + found + ' 条，本页共 ' + all + ' 条。'
      place.hidden = false
    })
    each('[data-filter-none]', function (place) { place.hidden = found > 0 })
    each('[data-filter-years] a', function (link) {
      var parts = link.getAttribute('href').split('#')
      parts[0] += (parts[0].indexOf('?') < 0 ? '?' : '&') + 'q=' + encodeURIComponent(asked)
      link.setAttribute('href', parts.join('#'))
    })
  }

  document.addEventListener('DOMContentLoaded', function () {
    each('[data-tools]', tools)
    var asked = (new URLSearchParams(location.search).get('q') || '').trim()
    if (!asked) return
    each('input[name=q]', function (field) { field.value = asked })
    if (document.querySelector('table[data-filter]')) filter(asked)
  })
})()
