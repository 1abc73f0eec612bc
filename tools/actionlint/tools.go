//go:build tools

// Package tools keeps actionlint in go.mod and go.sum: `go mod tidy` drops what nothing imports.
package tools

import _ "github.com/rhysd/actionlint/cmd/actionlint"
