// Small kindnesses for staff pages; every page is whole without them.
for (const box of document.querySelectorAll("[data-words]")) {
  const most = Number(box.dataset.words);
  const said = document.getElementById(`${box.id}-words`);
  const count = () => {
    const words = box.value.split(/\s+/).filter(Boolean).length;
    said.textContent = words ? `${words} of ${most} words` : `${most} words at most`;
    said.classList.toggle("words--over", words > most);
  };
  box.addEventListener("input", count);
  count();
}

document.querySelector("[data-first-focus]")?.focus();
