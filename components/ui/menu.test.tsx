import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Menu, MenuItem } from "./menu";

function NodeMenu({ onRemove }: { onRemove: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Menu label="Node :55167" trigger={<Button>More</Button>}>
        <MenuItem onSelect={() => setOpen(true)}>Drain…</MenuItem>
        <MenuItem onSelect={onRemove} because="It holds 14 shard groups.">
          Remove…
        </MenuItem>
      </Menu>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Drain :55167?"
        footer={<Button data-autofocus="">Cancel</Button>}
      >
        <p>question</p>
      </Dialog>
    </>
  );
}

test("by keyboard alone: open the menu, choose, close the dialog, and be back on the button", async () => {
  const user = userEvent.setup();
  render(<NodeMenu onRemove={vi.fn()} />);
  await user.tab();
  await user.keyboard("{Enter}");
  expect(document.activeElement?.textContent).toBe("Drain…");
  await user.keyboard("{Enter}");
  await screen.findByRole("dialog", { name: "Drain :55167?" });
  expect(document.activeElement?.textContent).toBe("Cancel");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "More" })));
});

test("a deed that is off is listed with its reason and does nothing", async () => {
  const user = userEvent.setup();
  const remove = vi.fn();
  render(<NodeMenu onRemove={remove} />);
  await user.click(screen.getByRole("button", { name: "More" }));
  const item = screen.getByRole("menuitem", { name: /Remove… ?It holds 14 shard groups\./ });
  await user.click(item);
  expect(remove).not.toHaveBeenCalled();
  expect(item.isConnected).toBe(true);
});
