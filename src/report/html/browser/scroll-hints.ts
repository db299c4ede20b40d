/** Marks boxes of which more lies to the right, so that they can be told from those that end there; styles say how. */
export function showScrollHints(): void {
  const look = (box: Element): void => {
    box.toggleAttribute('data-more', box.scrollWidth - box.clientWidth - box.scrollLeft > 1);
  };
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) look(target.closest('.scroll') ?? target);
  });
  for (const box of document.querySelectorAll('.scroll')) {
    sizes.observe(box);
    if (box.firstElementChild !== null) sizes.observe(box.firstElementChild);
    box.addEventListener('scroll', () => look(box), { passive: true });
  }
}
