"use strict";
// The slider of a model's page: the picture follows the date. Without this script the form does the same, page by page.
const DAY = 86400000;
for (const form of document.querySelectorAll("form.when")) {
  const first = Date.parse(form.dataset.first), last = Date.parse(form.dataset.last);
  const box = form.querySelector(".slider"), slider = box.querySelector("input"), said = box.querySelector("output");
  const date = form.elements.as_of, picture = document.getElementById("impact");
  const text = (days) => new Date(first + days * DAY).toISOString().slice(0, 10);
  slider.max = String(Math.round((last - first) / DAY));
  slider.value = date.value ? String(Math.round((Date.parse(date.value) - first) / DAY)) : slider.max;
  const say = () => {
    said.textContent = slider.value === slider.max ? "today" : text(Number(slider.value));
    slider.setAttribute("aria-valuetext", said.textContent);
  };
  let newest = 0;
  const show = async () => {
    const asked = new URLSearchParams({ key: form.elements.key.value, direction: form.elements.direction.value });
    if (slider.value !== slider.max) asked.set("as_of", text(Number(slider.value)));
    date.value = asked.get("as_of") ?? "";
    const number = ++newest;
    try {
      const answer = await fetch(`/explore/impact?${asked}`, { headers: { accept: "text/html" } });
      const page = await answer.text();
      if (number !== newest) return; // a later date was asked for meanwhile
      if (!answer.ok) throw new Error(answer.status);
      picture.innerHTML = page;
      history.replaceState(null, "", `/explore/model?${asked}`);
    } catch (error) {
      if (number === newest) picture.textContent = `The picture could not be fetched (${error.message}): press Show.`;
    }
  };
  box.hidden = false;
  say();
  slider.addEventListener("input", say);
  slider.addEventListener("change", show);
  form.elements.direction.addEventListener("change", () => form.requestSubmit());
}
