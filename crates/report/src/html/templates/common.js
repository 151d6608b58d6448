"use strict";
document.documentElement.classList.add("js");
/** What every page does: elements, colours, sorting, boxes that can be scrolled. */
const shared = (() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

  /** An element with attributes and children; texts are never markup. */
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value !== undefined && value !== false) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== undefined));
    return element;
  };

  // ---- colours --------------------------------------------------------------------------

  const themes = ["system", "light", "dark"];
  const theme = find("#theme");
  const setTheme = (name) => {
    if (name === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    theme.textContent = { system: "◐", light: "○", dark: "●" }[name];
    theme.setAttribute("aria-label", `Colours: ${name === "system" ? "as the system" : name}`);
    try { localStorage.setItem("epitome-theme", name); } catch { /* not from disk everywhere */ }
  };
  let current = "system";
  try { current = localStorage.getItem("epitome-theme") || "system"; } catch { /* likewise */ }
  setTheme(themes.includes(current) ? current : "system");
  theme.addEventListener("click", () => {
    const now = document.documentElement.dataset.theme || "system";
    setTheme(themes[(themes.indexOf(now) + 1) % themes.length]);
  });

  // ---- sorting --------------------------------------------------------------------------

  const valueIn = (row, column) => {
    const cell = row.cells[column];
    if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
    const text = cell.textContent.trim();
    if (text === "" || text === "–") return undefined;
    const number = Number(text.replace("−", "-").replace(/[,%\s]|to.*/g, ""));
    return column > 0 && !Number.isNaN(number) ? number : text;
  };
  const sortBy = (table, header) => {
    const column = header.cellIndex;
    const first = header.dataset.first || (column === 0 ? "ascending" : "descending");
    const other = first === "ascending" ? "descending" : "ascending";
    const direction = header.getAttribute("aria-sort") === first ? other : first;
    findAll("th[aria-sort]", table.tHead).forEach((found) => found.removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", direction);
    const sign = direction === "ascending" ? 1 : -1;
    const rows = [...table.tBodies[0].rows].map((row) => [valueIn(row, column), row]);
    rows.sort(([a], [b]) => {
      if (a === undefined || b === undefined) return (a === undefined) - (b === undefined);
      return sign * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
    });
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };
  const makeSortable = (table) => {
    for (const header of table.tHead.rows[0].cells) {
      if (header.dataset.fixed !== undefined) continue;
      const button = make("button", { type: "button", onclick: () => sortBy(table, header) });
      button.append(...header.childNodes);
      header.append(button);
    }
  };
  findAll("table.sortable").forEach(makeSortable);

  // ---- what is wider than its box -------------------------------------------------------

  /** Tables and plots that can be scrolled sideways say so. */
  const measureBox = ({ target }) => target.classList.toggle("overflows", target.scrollWidth > target.clientWidth + 1);
  const measuring = new ResizeObserver((entries) => entries.forEach(measureBox));
  const measureAll = () => findAll(".scroll").forEach((box) => { measuring.observe(box); measureBox({ target: box }); });

  return { find, findAll, make, makeSortable, measureAll };
})();
