import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { TextField } from "@/components/ui/text-field";

type Props = {
  /** The button stands in the dialog's foot, outside of the form, and names it by this. */
  id: string;
  label: string;
  value: string;
  onChange: (password: string) => void;
  onSubmit: () => void;
};

/** Why the last password was not taken; nothing where it was, or none was sent yet. */
export function PasswordProblem({ error }: { error: Error | null }) {
  return error && <ProblemBanner problem={problemOf(error)} className="mb-3" />;
}

/** The password of somebody who is known, asked once more over the page they are on. */
export function PasswordAgain({ id, label, value, onChange, onSubmit }: Props) {
  return (
    <form
      id={id}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <TextField
        label={label}
        type="password"
        autoComplete="current-password"
        data-autofocus=""
        value={value}
        onChange={onChange}
      />
    </form>
  );
}
