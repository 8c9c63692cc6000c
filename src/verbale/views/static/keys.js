// What scripts add to the pages; everything works without them.

// Single keys for what a page marks with data-key; never while someone types.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (wanted) {
    event.preventDefault();
    if (wanted.tagName === "SUMMARY") wanted.parentElement.querySelector("input, select")?.focus();
    wanted.click();
  } else if (event.key === "n" || event.key === "p") step(event.key === "n" ? 1 : -1);
});

// In the reader: a mark and its note light up together, under the pointer, in focus, and when a link leads to them.
const notes = [...document.querySelectorAll(".note[id], .topics a[id]")];
const partners = (id) => [...document.querySelectorAll("mark[data-of]")].filter((one) => one.dataset.of.split(" ").includes(id));
const light = (id, on) => {
  document.getElementById(id)?.classList.toggle("lit", on);
  for (const mark of partners(id)) mark.classList.toggle("lit", on);
};
for (const note of notes) {
  note.addEventListener("mouseenter", () => light(note.id, true));
  note.addEventListener("mouseleave", () => light(note.id, false));
}
for (const mark of document.querySelectorAll("mark[data-of]")) {
  const ids = mark.dataset.of.split(" ");
  mark.addEventListener("mouseenter", () => ids.forEach((id) => light(id, true)));
  mark.addEventListener("mouseleave", () => ids.forEach((id) => light(id, false)));
}
let chosen = null;
const choose = (id) => {
  if (chosen) light(chosen, false);
  chosen = id;
  light(id, true);
};
const arrive = () => {
  const id = location.hash.slice(1).replace(/^m-/, "");
  if (notes.some((note) => note.id === id)) choose(id);
};
function step(way) {
  const facts = notes.filter((note) => note.classList.contains("note"));
  if (!facts.length) return;
  const at = facts.findIndex((note) => note.id === chosen);
  const next = facts[at < 0 ? (way > 0 ? 0 : facts.length - 1) : (at + way + facts.length) % facts.length];
  choose(next.id);
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}
window.addEventListener("hashchange", arrive);
arrive();

// A file dropped anywhere on a page that can read one is read.
const file = document.querySelector("form.read input[type=file]");
if (file) {
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    file.files = event.dataTransfer.files;
    file.form.requestSubmit();
  });
}
for (const form of document.querySelectorAll("form.read")) {
  form.addEventListener("submit", () => form.classList.add("busy"));
}
