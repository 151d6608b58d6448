
(() => {
  const { find, findAll, measureAll } = shared;
  measureAll();

  // ---- filters of the index -------------------------------------------------------------

  const wanted = {};
  const filters = find("#filters");
  const isWanted = ({ dataset }) => Object.entries(wanted).every(([key, value]) =>
    !value || dataset[key] === value || (key === "languages" && dataset.languages.split(" ").includes(value)));
  const filterAll = () => {
    const rows = findAll("#boards tbody tr");
    rows.forEach((row) => { row.hidden = !isWanted(row); });
    const shown = rows.filter((row) => !row.hidden);
    const boards = new Set(shown.map((row) => row.dataset.board));
    findAll("section.field").forEach((field) => {
      findAll("[data-board]", field).forEach((cell) => { cell.hidden = !boards.has(cell.dataset.board); });
      field.hidden = findAll("thead [data-board]", field).every((cell) => cell.hidden);
      findAll("tbody tr", field).forEach((row) => {
        const cells = findAll("td.score", row).filter((cell) => !cell.hidden);
        const near = cells.filter((cell) => cell.dataset.near !== undefined).length;
        const tested = cells.filter((cell) => cell.dataset.tested !== undefined).length;
        const count = find("td.best-of", row);
        count.textContent = `${near} of ${tested}`;
        count.dataset.sort = near;
        row.hidden = cells.length === 0;
      });
    });
    find("#shown").textContent = shown.length < rows.length ? `${shown.length} of ${rows.length} tables` : "";
    measureAll();
  };
  filters?.addEventListener("change", (event) => {
    const key = event.target.dataset.filter;
    if (key === undefined) return;
    wanted[key] = event.target.value;
    filterAll();
  });
  filters?.addEventListener("submit", (event) => event.preventDefault());

  // ---- the command of a cell ------------------------------------------------------------

  const bar = find("#command");
  const close = () => {
    bar.hidden = true;
    findAll(".asked").forEach((cell) => cell.classList.remove("asked"));
  };
  const commandOfRun = (cell) => {
    const holder = cell.closest("[data-command]") ?? find(`#boards tr[data-board="${cell.dataset.board}"]`);
    return holder?.dataset.command || "# the command of the run is unknown: no manifest was kept";
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-close]")) close();
    const cell = event.target.closest?.("td.score");
    if (!cell) return;
    close();
    const at = cell.title.lastIndexOf("\nepitome report");
    find("b", bar).textContent = cell.title.slice(0, at).replaceAll("\n", ", ");
    find("code", bar).textContent = commandOfRun(cell) + cell.title.slice(at);
    cell.classList.add("asked");
    bar.hidden = false;
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
})();
