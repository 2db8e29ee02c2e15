import { expect, test } from "vitest";
import { takeStreamPlace } from "./stream-places";

test("T21: a person has ten event streams at most, another person's are not touched by that, and a place given back can be had again", () => {
  const giveBack = Array.from({ length: 10 }, () => takeStreamPlace("local:eve"));
  expect(() => takeStreamPlace("local:eve")).toThrow("10 browsers listening");
  takeStreamPlace("local:ada")();
  giveBack[0]?.();
  giveBack[0]?.();
  const again = takeStreamPlace("local:eve");
  expect(() => takeStreamPlace("local:eve")).toThrow();
  for (const give of [...giveBack, again]) give();
});
