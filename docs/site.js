/* What scrolls sideways can be reached by keyboard: docs/typedoc.json names this file. */
const mark = (box) => {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
  else box.removeAttribute('tabindex')
}

// Also called once for each at first, and when a page that was hidden while it loaded is shown.
const seen = new ResizeObserver((entries) => {
  for (const { target } of entries) mark(target)
})

for (const box of document.querySelectorAll('.wide, .tsd-typography pre > code, .tsd-signature')) seen.observe(box)
