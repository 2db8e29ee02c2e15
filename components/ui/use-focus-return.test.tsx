import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { Dialog } from "./dialog";

function Page({ openerStays }: { openerStays: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <main id="content" tabIndex={-1}>
      {(openerStays || !isOpen) && (
        <button type="button" onClick={() => setIsOpen(true)}>
          Start…
        </button>
      )}
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} title="Start?" footer="">
        What happens
      </Dialog>
    </main>
  );
}

test("closing a layer gives the focus back to what opened it", async () => {
  const user = userEvent.setup();
  render(<Page openerStays />);
  await user.click(screen.getByRole("button", { name: "Start…" }));
  await user.keyboard("{Escape}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Start…" }));
});

test("when what opened it is gone, the page's content has the focus, not the top of the document", async () => {
  const user = userEvent.setup();
  render(<Page openerStays={false} />);
  await user.click(screen.getByRole("button", { name: "Start…" }));
  await user.keyboard("{Escape}");
  expect(document.activeElement).toBe(screen.getByRole("main", { hidden: true }));
});
