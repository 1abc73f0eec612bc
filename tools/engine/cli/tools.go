//go:build tools

// Package tools keeps the Pulumi command in go.mod and go.sum: `go mod tidy` drops what nothing imports.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
