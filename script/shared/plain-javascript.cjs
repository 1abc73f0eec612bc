// The language host that is built from Go modules does not know `typescript: false` in Pulumi.yaml: every program waits
// for the compiler. Node loads this before a program that is plain JavaScript.
delete process.env.PULUMI_NODEJS_TYPESCRIPT;
