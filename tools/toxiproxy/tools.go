//go:build tools

// Package tools keeps the fault proxy in go.mod and go.sum: `go mod tidy` drops what nothing imports.
package tools

import _ "github.com/Shopify/toxiproxy/v2/cmd/server"
