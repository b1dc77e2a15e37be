// Small conveniences; every page works without them.
'use strict';

// A form is sent once: a second press while the answer is on its way does nothing.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !window.confirm(question)) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
});
// The page may come back from the browser's memory, with forms as they were left.
window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) delete form.dataset.sent;
});

// The account menu closes as menus do.
const sheet = document.querySelector('details.account');
document.addEventListener('click', (event) => {
  if (sheet?.open && !sheet.contains(event.target)) sheet.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !sheet?.open) return;
  sheet.open = false;
  sheet.querySelector('summary').focus();
});

// In a row that is wider than the window, the page one is on is in sight.
for (const here of document.querySelectorAll(':is(.tabs, .wizard, .side) [aria-current]')) {
  const row = here.closest('.tabs, ol, ul');
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

// Buttons that copy what stands beside them.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
  });
}

// A chosen picture is shown before it is sent.
for (const input of document.querySelectorAll('input[type=file][data-preview]')) {
  input.addEventListener('change', () => {
    const note = document.getElementById(input.dataset.preview);
    if (note) note.textContent = input.files[0]?.name ?? '';
  });
}

// What went wrong is where the eye and the screen reader go first.
document.querySelector('[aria-invalid=true]')?.focus();
