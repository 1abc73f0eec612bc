// Command policy-host stands before the Node language host that can be built from the Go module proxy. That one is too
// old to start policy packs: this program starts them, and hands every other call on unread. Official downloads of the
// engine contain a newer host and need none of this.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// The name under which set-up keeps the host that runs programs, beside this one.
const programHost = "nodejs-program-host"

// As much as the engine itself allows in one message.
const largestMessage = 400 << 20

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "policy-host:", err)
		os.Exit(1)
	}
}

func serve() error {
	host, port, err := startProgramHost()
	if err != nil {
		return err
	}
	programs, err := grpc.NewClient("127.0.0.1:"+port,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(unread{}), grpc.MaxCallRecvMsgSize(largestMessage)))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := grpc.NewServer(grpc.ForceServerCodec(unread{}), grpc.MaxRecvMsgSize(largestMessage),
		grpc.UnknownServiceHandler(front{programs}.handle))
	go func() { _ = server.Serve(listener) }()
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	return host.Wait()
}

// startProgramHost also returns the port that the host prints as its first line; what follows goes to our own output.
func startProgramHost() (*exec.Cmd, string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, "", err
	}
	host := exec.Command(filepath.Join(filepath.Dir(self), programHost), os.Args[1:]...)
	host.Stdin, host.Stderr = os.Stdin, os.Stderr
	// Not StdoutPipe: Wait would close it before everything is read.
	output, input, err := os.Pipe()
	if err != nil {
		return nil, "", err
	}
	host.Stdout = input
	if err := host.Start(); err != nil {
		return nil, "", err
	}
	_ = input.Close()
	printed := bufio.NewReader(output)
	port, err := printed.ReadString('\n')
	if err != nil {
		return nil, "", fmt.Errorf("%s printed no port: %w", programHost, err)
	}
	go func() { _, _ = io.Copy(os.Stdout, printed) }()
	return host, strings.TrimSpace(port), nil
}
