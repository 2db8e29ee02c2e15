/** A page as one writes it in an hour: a table of so many rows, a field that hides those without the word, heads that sort. */
export function plainTable(rows: number): string {
  const body = Array.from(
    { length: rows },
    (_, n) =>
      `<tr><td>${200_000 + n}</td><td>scale.t${String(n % 790).padStart(4, "0")}</td><td>worker${n % 3}</td><td>${(n * 7_919) % 100_000}</td></tr>`,
  ).join("");
  return `<!doctype html><input><table><thead><tr>${["id", "table", "node", "bytes"].map((name, at) => `<th><button data-at="${at}">${name}</button></th>`).join("")}</tr></thead><tbody>${body}</tbody></table>
<script>
  const body = document.querySelector("tbody");
  document.querySelector("input").addEventListener("input", (event) => {
    for (const row of body.rows) row.hidden = !row.textContent.includes(event.target.value);
  });
  for (const button of document.querySelectorAll("button")) button.addEventListener("click", () => {
    const at = Number(button.dataset.at);
    body.append(...[...body.rows].sort((a, b) => a.cells[at].textContent.localeCompare(b.cells[at].textContent, undefined, { numeric: true })));
  });
</script>`;
}
