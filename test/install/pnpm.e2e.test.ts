import { testsOf } from "./programs";

jest.setTimeout(300_000);

testsOf("pnpm");
