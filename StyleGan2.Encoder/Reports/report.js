for (const slider of document.querySelectorAll('.compare + input')) {
  const show = () => slider.previousElementSibling.style.setProperty('--at', slider.value + '%');
  slider.addEventListener('input', show);
  show();
}
// While a picture is projected, the page is loaded again now and then, unless somebody is using it.
if (document.querySelector('[data-running]')) {
  let used = 0;
  for (const event of ['pointerdown', 'keydown', 'touchstart']) addEventListener(event, () => used = Date.now(), { passive: true });
  setInterval(() => { if (Date.now() - used > 60000) location.reload(); }, 15000);
}
