// Leavers and the wizard: saves while somebody writes, and shows the letter as it becomes.
// Everything works without: the same form, sent by its buttons.
'use strict';

const token = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
const settle = 900;  // ms without a key before anything is sent
const watch = 12000;  // ms between two looks at what others wrote

const form = document.querySelector('form[data-autosave]');
if (form) write(form);
for (const button of document.querySelectorAll('[data-pick-all]')) pickAll(button);
document.querySelector('.wizard [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

function pickAll(button) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const boxes = [...document.querySelectorAll('#bulk input[name=case]')];
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
  });
}

function write(form) {
  const saved = document.getElementById('live-saved');
  const sent = new Map();  // by field: what the server knows
  let timer = 0;
  let busy = false;
  let again = false;

  const fields = () => [...form.elements].filter((one) => one.name && one.type !== 'hidden' && one.tagName !== 'BUTTON');
  const valueOf = (one) => (one.type === 'radio' || one.type === 'checkbox' ? String(one.checked) : one.value);
  const remember = () => { for (const one of fields()) sent.set(one, valueOf(one)); };
  const dirty = () => fields().some((one) => sent.get(one) !== valueOf(one));
  remember();

  // What another person wrote is put where this one has written nothing.
  function takeFields(page) {
    const theirs = page.querySelector('form[data-autosave]');
    if (!theirs || theirs.getAttribute('action') !== form.getAttribute('action')) return false;
    let changed = false;
    for (const one of fields()) {
      const other = one.id ? theirs.querySelector(`#${CSS.escape(one.id)}`) :
        [...theirs.elements].find((each) => each.name === one.name && each.value === one.value);
      if (!other || sent.get(one) !== valueOf(one) || document.activeElement === one) continue;
      if (valueOf(other) === valueOf(one)) continue;
      if (one.type === 'radio' || one.type === 'checkbox') one.checked = other.checked; else one.value = other.value;
      sent.set(one, valueOf(one));
      changed = true;
    }
    return changed;
  }

  function show(page, status) {
    for (const id of ['live-preview', 'live-clash']) {
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id).replaceChildren(...fresh.childNodes);
    }
    const version = page.querySelector('form[data-autosave] input[name=version]');
    if (version) form.elements.version.value = version.value;
    const told = page.getElementById('live-saved');
    if (status === 200 && told) saved.textContent = told.textContent;
  }

  async function save() {
    if (busy) { again = true; return; }
    busy = true;
    saved.textContent = form.dataset.saving;
    const before = new Map(fields().map((one) => [one, valueOf(one)]));
    const body = new URLSearchParams(new FormData(form));
    body.set('once', token());
    body.set('go', 'stay');
    try {
      const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!page.querySelector('form[data-autosave]')) throw new Error('elsewhere');
      for (const [one, value] of before) sent.set(one, value);
      const others = answer.ok && takeFields(page);
      show(page, answer.status);
      if (others) saved.textContent = form.dataset.others;
      if (!answer.ok) saved.textContent = form.dataset.unsaved;
    } catch {
      saved.textContent = form.dataset.unsaved;
    }
    busy = false;
    if (again) { again = false; save(); }
  }

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(save, settle);
  });
  form.addEventListener('change', (event) => {
    clearTimeout(timer);
    if (event.target.matches('[data-own]')) return;  // nothing of one's own is typed yet
    // Another law has other documents: the form is made anew.
    if (event.target.name === 'country') {
      form.requestSubmit(form.querySelector('button[value=stay]'));
      return;
    }
    timer = setTimeout(save, 150);
  });
  // A value of one's own chooses itself.
  form.addEventListener('input', (event) => {
    const own = event.target.closest('.own');
    const choice = own?.closest('fieldset')?.querySelector('[data-own]');
    if (choice) choice.checked = true;
  });

  setInterval(async () => {
    if (busy || dirty() || document.hidden) return;
    try {
      const answer = await fetch(location.pathname, { credentials: 'same-origin' });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const version = page.querySelector('form[data-autosave] input[name=version]');
      if (!version || version.value === form.elements.version.value || dirty()) return;
      takeFields(page);
      show(page, 200);
      saved.textContent = form.dataset.others;
    } catch { /* the next look will tell */ }
  }, watch);
}
