/* Checks the manifest, its signatures and a page in the reader's browser. Text and form as in rendering/text_fingerprint.py. */
(() => {
  'use strict'
  const BLANK = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/g
  const all = (place, wanted) => Array.from(place.querySelectorAll(wanted))
  const text = (data) => new TextDecoder().decode(data)
  const told = (good, yes, no) => good ? '✔ ' + yes : '✘ ' + no
  const hex = async (data) => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', data)),
    (byte) => byte.toString(16).padStart(2, '0')).join('')

  async function get(url) {
    const answer = await fetch(url, { cache: 'no-store' })
    if (!answer.ok) throw new Error(url + ' ' + answer.status)
    return answer.arrayBuffer()
  }

  async function fingerprint(html) {
    const main = new DOMParser().parseFromString(html, 'text/html').querySelector('main')
    if (!main) return ''
    all(main, 'script,style,template,textarea,title').forEach((part) => part.remove())
    const parts = main.querySelector('[data-body]') ? all(main, 'h1,[data-body]') : [main]
    const outer = parts.filter((one) => !parts.some((other) => other !== one && other.contains(one)))
    const whole = outer.map((part) => part.textContent).join('').normalize('NFC').replace(BLANK, '')
    return hex(new TextEncoder().encode(whole))
  }

  async function signed({ id, key, signature }, manifest) {
    const pem = text(await get(key)).replace(/-----[^-]*-----|\s/g, '')
    const mark = await get(signature)
    const der = Uint8Array.from(atob(pem), (letter) => letter.charCodeAt(0))
    const known = await crypto.subtle.importKey('spki', der, 'Ed25519', false, ['verify']).catch(() => null)
    if (!known) return '？ 这个浏览器不会核对 Ed25519 签名'
    const good = await crypto.subtle.verify('Ed25519', known, mark, manifest)
    return told(good, '签名有效，签发的密钥：' + id, '签名无效，清单不是密钥 ' + id + ' 签发的')
  }

  async function page(wanted, paper, base, files) {
    const url = new URL(wanted, base).href.split(/[?#]/)[0]
    let name = url.startsWith(base) ? decodeURIComponent(url.slice(base.length)) : url
    if (!name || name.endsWith('/')) name += 'index.html'
    const entry = new Map(Object.entries(files)).get(name)
    if (!entry) return ['✘ 清单里没有：' + name]
    const data = await get(url)
    const said = [told(await hex(data) === entry.sha256, '文件与清单一致', '文件与清单不一致')]
    if (!entry.text) return said
    said.push(told(await fingerprint(text(data)) === entry.text, '文字与清单一致', '文字与清单不一致'))
    if (paper) said.push(told(paper === entry.text, '纸上的指纹与清单一致', '纸上的指纹与清单不同'))
    return said
  }

  async function check(form) {
    const base = new URL(form.dataset.verify, location.href).href.replace(/[^/]*$/, '')
    const manifest = await get(form.dataset.verify)
    const { files, as_of: day } = JSON.parse(text(manifest))
    const said = ['清单的日期：' + day]
    for (const item of all(document, '[data-key]')) {
      said.push(await signed(item.dataset, manifest).catch((error) => '？ 读不到签名：' + error.message))
    }
    const [wanted, paper] = all(form, 'input').map((field) => field.value.trim())
    return wanted ? said.concat(await page(wanted, paper.replace(BLANK, '').toLowerCase(), base, files)) : said
  }

  document.addEventListener('DOMContentLoaded', () => {
    const form = document.querySelector('[data-verify]')
    if (!form || !window.crypto || !crypto.subtle) return
    form.parentElement.hidden = false
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      const said = await check(form).catch((error) => ['✘ 没有核对成：' + error.message])
      document.querySelector('[data-verify-result]').innerText = said.join('\n')
    })
  })
})()
