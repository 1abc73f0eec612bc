// Command gojq does what `gh api --jq` does, with the library that GitHub's command has in it: it applies a filter to the
// JSON on standard input and writes texts as they are.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/itchyny/gojq"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(filter string) error {
	query, err := gojq.Parse(filter)
	if err != nil {
		return err
	}
	var data any
	if err := json.NewDecoder(os.Stdin).Decode(&data); err != nil {
		return err
	}
	for results := query.Run(data); ; {
		value, more := results.Next()
		if !more {
			return nil
		}
		if err := show(value); err != nil {
			return err
		}
	}
}

func show(value any) error {
	if err, failed := value.(error); failed {
		return err
	}
	if text, isText := value.(string); isText {
		fmt.Println(text)
		return nil
	}
	encoded, err := gojq.Marshal(value)
	if err == nil {
		fmt.Println(string(encoded))
	}
	return err
}
