import "../sandbox/cli.ts";
