//go:build tools

// Package tools keeps the S3 server in go.mod and go.sum: `go mod tidy` drops what nothing imports.
package tools

import _ "github.com/versity/versitygw/cmd/versitygw"
