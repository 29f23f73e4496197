// The button that prints the page; without scripts the browser's own way is there.
document.querySelector("[data-print]").addEventListener("click", () => print());
