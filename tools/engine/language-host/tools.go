//go:build tools

// Package tools keeps the Node language host in go.mod and go.sum: `go mod tidy` drops what nothing imports.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
